import type { ExportChoices, Fades } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { Select } from '../../../ui/select.tsx'
import { pictureRefused, soundRefused } from './choice-rules.ts'
import css from './more-choices.module.css'
import { NumberField } from './number-field.tsx'
import { choose } from './use-choices.ts'

const text = messages.export

// Integrated loudness in LUFS: EBU R128, and about what the large video sites play at.
const WEB = -14
const BROADCAST = -23

const loudnesses = ['leave', 'web', 'broadcast', 'own'] as const
type Loudness = typeof loudnesses[number]

function nameOf(loudness: number | null): Loudness {
  if (loudness === null) return 'leave'
  return loudness === WEB ? 'web' : loudness === BROADCAST ? 'broadcast' : 'own'
}

function valueOf(name: Loudness, before: number | null): number | null {
  switch (name) {
    case 'leave': return null
    case 'web': return WEB
    case 'broadcast': return BROADCAST
    case 'own': return before === null || nameOf(before) !== 'own' ? -16 : before
  }
}

function FadeFields({ fades, isDisabled }: { fades: Fades, isDisabled: boolean }) {
  const change = (changed: Partial<Fades>): void => { choose({ fades: { ...fades, ...changed } }) }
  const limits = { min: 0, max: 10, step: 0.1, isDisabled }
  return (
    <span className={css.controls}>
      <NumberField label={text.fadeIn} value={fades.inSeconds} unit={text.secondsIn} {...limits} onKeep={(inSeconds) => { change({ inSeconds }) }} />
      <NumberField label={text.fadeOut} value={fades.outSeconds} unit={text.secondsOut} {...limits} onKeep={(outSeconds) => { change({ outSeconds }) }} />
    </span>
  )
}

/** How loud it is, and how it begins and ends. */
export function SoundChoices({ choices }: { choices: ExportChoices }) {
  const { loudness, fades, format } = choices
  const refused = soundRefused(choices)
  const fadesRefused = format === 'audio' ? refused : pictureRefused(choices)
  const chosen = nameOf(loudness)
  const options = loudnesses.map((value) => ({ value, label: text.loudnesses[value], ...refused === null ? { hint: text.loudnessHints[value] } : { hint: refused, isDisabled: value !== 'leave' } }))
  return (
    <>
      <div className={css.row}>
        <span className={css.label}>{text.loudness}</span>
        <span className={css.controls}>
          {chosen === 'own' && loudness !== null
            ? <NumberField label={text.loudnessOwn} value={loudness} min={-40} max={-5} step={1} unit={text.lufs} onKeep={(own) => { choose({ loudness: own }) }} /> : null}
          <Select label={text.loudness} value={chosen} options={options} onChange={(name) => { choose({ loudness: valueOf(name, loudness) }) }} />
        </span>
      </div>
      <div className={css.row}>
        <span className={css.label}>{text.fade}</span>
        <FadeFields fades={fades} isDisabled={fadesRefused !== null || format === 'frame'} />
      </div>
      <p className={css.hint}>{fadesRefused ?? text.fadeHint}</p>
    </>
  )
}
