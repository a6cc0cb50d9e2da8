import { ArrowDownWideNarrow, ArrowUpNarrowWide, FilePlus, FolderPlus, History, LayoutGrid, Link2, List, ListChecks, PanelRight, Plus, Search, Sparkles, X } from 'lucide-react'
import { useRef } from 'react'
import { messages } from '../../messages.ts'
import { keysOf, useShortcut } from '../../shortcuts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import type { CoverageFilter, SortKey, StateFilter } from './arrange.ts'
import { importChosenFiles, importChosenFolder, relinkMissing } from './import-actions.ts'
import { importSample, showReport, useImport } from './import-run.ts'
import { CARD_PIXELS, changeFilter, keepOptions, showAs, useLibraryOptions } from './library-options.ts'
import css from './library-view.module.css'

const text = messages.library

function options<Value extends string>(names: Readonly<Record<Value, string>>): { value: Value, label: string }[] {
  return (Object.keys(names) as Value[]).map((value) => ({ value, label: names[value] }))
}

const states = options<StateFilter>(text.states)
const coverages = options<CoverageFilter>(text.coverages)
const sorts = options<SortKey>(text.sorts)

function TextFilter() {
  const value = useLibraryOptions((state) => state.filter.text)
  const ref = useRef<HTMLInputElement>(null)
  useShortcut('library-filter', () => { ref.current?.select() })
  return (
    <div className={css.filter}>
      <Search aria-hidden="true" />
      <input
        ref={ref} type="text" value={value} placeholder={text.filterPlaceholder} aria-label={text.filterPlaceholder} spellCheck={false}
        onChange={(event) => { changeFilter({ text: event.target.value }) }}
        onKeyDown={(event) => { if (event.key === 'Escape' && value !== '') { event.preventDefault(); changeFilter({ text: '' }) } }}
      />
      {value === '' ? null : <button type="button" className={css.clear} aria-label={text.clearFilter} onClick={() => { changeFilter({ text: '' }); ref.current?.focus() }}><X /></button>}
    </div>
  )
}

function Filters() {
  const { state, coverage } = useLibraryOptions((options) => options.filter)
  return (
    <>
      <TextFilter />
      <Select label={text.state} value={state} options={states} onChange={(value) => { changeFilter({ state: value }) }} />
      <Select label={text.coverage} value={coverage} options={coverages} onChange={(value) => { changeFilter({ coverage: value }) }} />
    </>
  )
}

function Sorting() {
  const sort = useLibraryOptions((state) => state.sort)
  return (
    <span className={css.pair}>
      <Select label={text.sort} isLabelShown value={sort.key} options={sorts} onChange={(key) => { keepOptions({ sort: { key, isAscending: key === 'title' || key === 'state' } }) }} />
      <IconButton
        label={sort.isAscending ? text.ascending : text.descending} icon={sort.isAscending ? <ArrowUpNarrowWide /> : <ArrowDownWideNarrow />}
        onClick={() => { keepOptions({ sort: { ...sort, isAscending: !sort.isAscending } }) }}
      />
    </span>
  )
}

function AddMenu() {
  const hasReport = useImport((state) => state.report !== null)
  const entry = (id: string, label: string, rest: Pick<MenuEntry, 'icon' | 'onChoose'>): MenuEntry => ({ id, label, ...rest })
  const groups = [
    [
      entry('files', text.addFiles, { icon: <FilePlus />, onChoose: () => { void importChosenFiles() } }),
      entry('folder', text.addFolder, { icon: <FolderPlus />, onChoose: () => { void importChosenFolder() } }),
      entry('sample', text.addSample, { icon: <Sparkles />, onChoose: () => { void importSample() } }),
    ],
    [
      entry('relink', text.relink, { icon: <Link2 />, onChoose: () => { void relinkMissing() } }),
      entry('removed', text.removedVideos, { icon: <History />, onChoose: () => { useLibraryOptions.setState({ areRemovedShown: true }) } }),
      ...hasReport ? [entry('report', text.lastImport, { icon: <ListChecks />, onChoose: showReport })] : [],
    ],
  ]
  return <Menu trigger={<Button kind="primary" icon={<Plus />}>{text.add}</Button>} groups={groups} />
}

function Look() {
  const mode = useLibraryOptions((state) => state.mode)
  const cardPixels = useLibraryOptions((state) => state.cardPixels)
  const areDetailsShown = useLibraryOptions((state) => state.areDetailsShown)
  return (
    <>
      {mode === 'table' ? null : (
        <span className={css.size}>
          <Slider
            label={text.cardSize} value={cardPixels} min={CARD_PIXELS.least} max={CARD_PIXELS.most} step={4} valueText={text.cardSizeText}
            onChange={(value) => { keepOptions({ cardPixels: value }) }}
          />
        </span>
      )}
      <span className={css.pair}>
        <IconButton label={text.asGrid} icon={<LayoutGrid />} isOn={mode === 'grid'} onClick={() => { showAs('grid') }} />
        <IconButton label={text.asTable} icon={<List />} isOn={mode === 'table'} onClick={() => { showAs('table') }} />
      </span>
      <IconButton label={text.details} icon={<PanelRight />} shortcut={keysOf('library-details')} isOn={areDetailsShown} onClick={() => { keepOptions({ areDetailsShown: !areDetailsShown }) }} />
    </>
  )
}

/** What is listed, in which order, and how it looks; and how more comes in. */
export function LibraryToolbar() {
  return <div className={css.toolbar}><Filters /><span className={css.space} /><Sorting /><Look /><AddMenu /></div>
}
