import { Popover } from '@base-ui/react/popover'
import { ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { colourNames } from '../../../electron/contract/query-language.ts'
import { messages } from '../../messages.ts'
import { setQuery, useSearch } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import css from './filter-bar.module.css'
import type { FilterName } from './query-chips.ts'
import { chipsOf, withFilter, withoutChip } from './query-chips.ts'
import { swatchOf } from './swatches.ts'

const text = messages.search.filters

const longer = ['2s', '5s', '10s', '30s', '1m'] as const
const shorter = ['2s', '5s', '10s', '30s'] as const

function useFilter(name: FilterName): { isOn(value: string): boolean, toggle(value: string): void } {
  const query = useSearch((state) => state.text)
  const chipFor = (value: string) => chipsOf(query).find((chip) => chip.name === name && !chip.isNot && chip.value.toLowerCase() === value)
  return {
    isOn: (value) => chipFor(value) !== undefined,
    toggle: (value) => {
      const chip = chipFor(value)
      setQuery(chip === undefined ? withFilter(query, name, value) : withoutChip(query, chip))
    },
  }
}

function Group({ label, children }: { label: string, children: ReactNode }) {
  return <fieldset className={css.group}><legend>{label}</legend>{children}</fieldset>
}

function Colours() {
  const { isOn, toggle } = useFilter('color')
  return (
    <Group label={text.colour}>
      {colourNames.map((name) => (
        <button
          key={name} type="button" className={css.colour} style={{ background: swatchOf(name) ?? '' }} aria-label={text.colours[name]} title={text.colours[name]}
          aria-pressed={isOn(name)} onClick={() => { toggle(name) }}
        />
      ))}
    </Group>
  )
}

interface ValuesProps { label: string, name: FilterName, values: readonly { value: string, label: string }[] }

function Values({ label, name, values }: ValuesProps) {
  const { isOn, toggle } = useFilter(name)
  return (
    <Group label={label}>
      {values.map((one) => <button key={one.value} type="button" className={css.value} aria-pressed={isOn(one.value)} onClick={() => { toggle(one.value) }}>{one.label}</button>)}
    </Group>
  )
}

function asValues(values: readonly string[]): ValuesProps['values'] {
  return values.map((value) => ({ value, label: value.replace(/(\d)([sm])/, '$1 $2').replace(' m', ' min') }))
}

function Written({ label, hint, name }: { label: string, hint: string, name: FilterName }) {
  return (
    <form
      className={css.field}
      onSubmit={(event) => {
        event.preventDefault()
        const value = new FormData(event.currentTarget).get('value')
        if (typeof value === 'string' && value.trim() !== '') setQuery(withFilter(useSearch.getState().text, name, value))
      }}
    >
      <label htmlFor={`filter-${name}`}>{label}</label>
      <span><input id={`filter-${name}`} name="value" placeholder={hint} autoComplete="off" /><Button type="submit">{text.use}</Button></span>
    </form>
  )
}

function Day({ label, name }: { label: string, name: 'after' | 'before' }) {
  return (
    <label className={css.field}>
      {label}<span><input type="date" onChange={({ currentTarget: { value } }) => { if (/^[12]\d{3}-/.test(value)) setQuery(withFilter(useSearch.getState().text, name, value)) }} /></span>
    </label>
  )
}

/** Writes filters into the query, for those who do not know how they are written. */
export function AddFilter() {
  return (
    <Popover.Root>
      <Popover.Trigger render={<Button kind="quiet" icon={<ListFilter />}>{text.add}</Button>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className={css.popover}>
          <Popover.Popup className={css.popup} aria-label={text.add}>
            <Colours />
            <Values label={text.brightness} name="bright" values={[{ value: 'dark', label: text.values.dark }, { value: 'bright', label: text.values.bright }]} />
            <Values label={text.motion} name="motion" values={[{ value: 'still', label: text.values.still }, { value: 'calm', label: text.values.calm }, { value: 'fast', label: text.values.fast }]} />
            <Values label={text.longer} name="longer" values={asValues(longer)} />
            <Values label={text.shorter} name="shorter" values={asValues(shorter)} />
            <div className={css.fields}>
              <Day label={`${text.recorded} ${text.after.toLowerCase()}`} name="after" />
              <Day label={`${text.recorded} ${text.before.toLowerCase()}`} name="before" />
            </div>
            <Written label={text.video} hint={text.videoHint} name="in" />
            <Written label={text.language} hint={text.languageHint} name="lang" />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
