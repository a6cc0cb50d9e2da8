import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { AudioFormat, CaptionsChoice, ExportChoices, ExportFormat, ExportMode } from '../../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { messages } from '../../../messages.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { Select } from '../../../ui/select.tsx'
import { captionsRefused, formatRefused, modeRefused } from './choice-rules.ts'
import { choiceSummary } from './choice-summary.ts'
import css from './choice-bar.module.css'
import { MoreChoices } from './more-choices.tsx'
import { choose, plainReel, useChoices } from './use-choices.ts'

const { tray, export: text } = messages

interface Option<Value extends string> { value: Value, label: string, hint?: string, isDisabled?: boolean }

/** With the reason in place of the hint where it can not be chosen. */
function option<Value extends string>(value: Value, label: string, { hint, refused = null }: { hint?: string, refused?: string | null } = {}): Option<Value> {
  const said = refused ?? hint
  return { value, label, isDisabled: refused !== null, ...said === undefined ? {} : { hint: said } }
}

function formatOptions(choices: ExportChoices): Option<ExportFormat>[] {
  return (['video', 'gif', 'webp', 'frame', 'audio'] as const).map((format) => option(format, text.formats[format], { hint: text.formatHints[format], refused: formatRefused(format, choices) }))
}

function modeOptions(choices: ExportChoices): Option<ExportMode>[] {
  return (['auto', 'copy', 'smart', 'exact'] as const).map((mode) => option(mode, tray.modes[mode], { hint: tray.modeHints[mode], refused: modeRefused(mode, choices) }))
}

function captionOptions(choices: ExportChoices): Option<CaptionsChoice>[] {
  return (['none', 'sidecar', 'embedded', 'burned'] as const).map((kind) => option(kind, tray.captionKinds[kind], { ...kind === 'none' ? {} : { hint: tray.captionKindHints[kind] }, refused: captionsRefused(kind, choices) }))
}

const audioOptions = (['m4a', 'mp3', 'wav', 'flac'] as const).map((format): Option<AudioFormat> => option(format, text.audioFormats[format], { hint: text.audioHints[format] }))

function reelFor(count: 'clips' | 'reel'): Pick<ExportChoices, 'reel'> {
  return { reel: count === 'clips' ? null : plainReel(text.reelName(new Date().toLocaleDateString('sv'))) }
}

/** Whether each clip becomes a file or all of them one. Not kept: the next tray has another name. */
function Into({ choices }: { choices: ExportChoices }) {
  const options = (['clips', 'reel'] as const).map((into) => option(into, text.intos[into], { hint: text.intoHints[into] }))
  // A reel is a video.
  return <Select label={text.into} value={choices.reel === null ? 'clips' : 'reel'} options={options} onChange={(into) => { choose({ ...reelFor(into), ...into === 'reel' ? { format: 'video' as const } : {} }) }} />
}

function ShiftAccepted({ choices }: { choices: ExportChoices }) {
  if (choices.mode !== 'copy') return null
  return (
    <label className={css.check} title={text.shift.acceptHint}>
      <input type="checkbox" checked={choices.acceptShift} onChange={({ target }) => { choose({ acceptShift: target.checked }) }} />{text.shift.accept}
    </label>
  )
}

function Summary({ choices }: { choices: ExportChoices }) {
  const parts = choiceSummary(choices)
  if (parts.length === 0) return null
  return <ul className={css.summary} aria-label={text.summaryLabel}>{parts.map((part) => <li key={part}><Chip tone="accent" title={part}><span className={css.chipText}>{part}</span></Chip></li>)}</ul>
}

/** What is made of the clips: the choices that matter most, and a way to the others, with what of them is not as usual. */
export function ChoiceBar({ clip, hasReel = true }: { clip: TrayClip | null, hasReel?: boolean }) {
  const all = useChoices()
  const choices = hasReel ? all : { ...all, reel: null }
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={css.bar} role="group" aria-label={text.choices}>
      {hasReel ? <Into choices={choices} /> : null}
      <Select label={text.format} isLabelShown value={choices.format} options={formatOptions(choices)} onChange={(format) => { choose({ format }) }} />
      {choices.format === 'audio'
        ? <Select label={text.audioFormat} value={choices.audioFormat} options={audioOptions} onChange={(audioFormat) => { choose({ audioFormat }) }} /> : null}
      {choices.format === 'video'
        ? <Select label={tray.mode} isLabelShown value={choices.mode} options={modeOptions(choices)} onChange={(mode) => { choose({ mode }) }} /> : null}
      <ShiftAccepted choices={choices} />
      {choices.format === 'frame' ? null : <Select label={tray.captions} isLabelShown value={choices.captions} options={captionOptions(choices)} onChange={(captions) => { choose({ captions }) }} />}
      <Button icon={<SlidersHorizontal />} onClick={() => { setOpen(true) }}>{text.more}</Button>
      <Summary choices={choices} />
      <MoreChoices choices={choices} isOpen={isOpen} onClose={() => { setOpen(false) }} clip={clip} />
    </div>
  )
}
