import { useId, useState } from 'react'
import type { Reel } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { Switch } from '../../../ui/switch.tsx'
import css from './more-choices.module.css'
import { NumberField } from './number-field.tsx'
import { choose } from './use-choices.ts'

const text = messages.export

function ReelName({ reel }: { reel: Reel }) {
  const id = useId()
  const [written, setWritten] = useState<string | null>(null)
  const shown = written ?? reel.name
  return (
    <div className={css.block}>
      <label className={css.label} htmlFor={id}>{text.reelNameLabel}</label>
      <input
        id={id} type="text" className={css.field} value={shown} maxLength={200} spellCheck={false} aria-invalid={shown.trim() === ''}
        onChange={({ target }) => { setWritten(target.value); if (target.value.trim() !== '') choose({ reel: { ...reel, name: target.value.trim() } }) }} onBlur={() => { setWritten(null) }}
      />
    </div>
  )
}

/** How clips become one file. */
export function ReelChoices({ reel }: { reel: Reel }) {
  const change = (changed: Partial<Reel>): void => { choose({ reel: { ...reel, ...changed } }) }
  return (
    <>
      <ReelName reel={reel} />
      <div className={css.row}>
        <span><span className={css.label}>{text.crossfade}</span><span className={css.hint}> {text.crossfadeHint}</span></span>
        <NumberField
          label={text.crossfade} value={reel.crossfadeSeconds} min={0} max={5} step={0.1} unit={text.seconds} onKeep={(crossfadeSeconds) => { change({ crossfadeSeconds }) }}
        />
      </div>
      <Switch label={text.titleCards} hint={text.titleCardsHint} isOn={reel.titleCards} onChange={(titleCards) => { change({ titleCards }) }} />
      <Switch label={text.chapters} hint={text.chaptersHint} isOn={reel.chapters} onChange={(chapters) => { change({ chapters }) }} />
    </>
  )
}
