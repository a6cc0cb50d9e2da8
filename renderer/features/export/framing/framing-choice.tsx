import type { Framing } from '../../../../electron/contract/export-choices.ts'
import type { TrayClip } from '../../../../electron/contract/tray.ts'
import { messages } from '../../../messages.ts'
import { changeSettings, useSettings } from '../../../stores/settings.ts'
import { changeClip } from '../../../stores/tray.ts'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { Slider } from '../../../ui/slider.tsx'
import type { How, Shape } from './framing-parts.ts'
import { framingWith, howOf, shapeOf } from './framing-parts.ts'
import css from './framing-choice.module.css'

const { framing: text } = messages

const shapes = (['whole', '9:16', '4:5', '1:1', '16:9'] as const).map((value) => ({ value, label: text.shapes[value] }))
const hows = (['follow', 'centre', 'hand', 'blurred', 'black', 'split'] as const).map((value) => ({ value, label: text.hows[value], hint: text.howHints[value] }))

/** The framing of a clip: its own, or the one for all. */
export function useFraming(clip: TrayClip): Framing {
  const forAll = useSettings(({ settings }) => settings.export.framing)
  return clip.framing ?? forAll
}

/** Gives a clip a framing of its own. */
export function frameClip(clip: TrayClip, framing: Framing): void {
  void changeClip({ id: clip.id, framing })
}

function ForAll({ clip, framing }: { clip: TrayClip, framing: Framing }) {
  const current = useSettings(({ settings }) => settings.export)
  if (clip.framing === null) return <span className={css.note}>{text.isForAll}</span>
  return (
    <>
      <Button
        kind="quiet"
        onClick={() => { void changeSettings({ export: { ...current, framing } }).then(() => changeClip({ id: clip.id, framing: null })) }}
      >
        {text.useForAll}
      </Button>
      <Button kind="quiet" onClick={() => { void changeClip({ id: clip.id, framing: null }) }}>{text.asAll}</Button>
    </>
  )
}

function Share({ clip, framing }: { clip: TrayClip, framing: Extract<Framing, { how: 'split' }> }) {
  return (
    <div className={css.share}>
      <span aria-hidden="true">{text.aboveShare}</span>
      <Slider
        label={text.aboveShare} value={framing.aboveShare} min={0.2} max={0.8} step={0.05} valueText={(value) => text.percent(Math.round(value * 100))}
        onChange={(aboveShare) => { frameClip(clip, { ...framing, aboveShare }) }}
      />
    </div>
  )
}

/** Into which shape a clip is brought, and how. What is set by hand is set on its picture (`FramingOverlay`). */
export function FramingChoice({ clip }: { clip: TrayClip }) {
  const framing = useFraming(clip)
  const [shape, how] = [shapeOf(framing), howOf(framing)]
  return (
    <section className={css.choice} aria-label={text.title}>
      <Select<Shape> label={text.shape} isLabelShown value={shape} options={shapes} onChange={(next) => { frameClip(clip, framingWith(framing, next)) }} />
      {how === null ? null : <Select<How> label={text.how} value={how} options={hows} onChange={(next) => { frameClip(clip, framingWith(framing, shape, next)) }} />}
      {framing.how === 'split' ? <Share clip={clip} framing={framing} /> : null}
      {how === 'hand' || how === 'split' ? <p className={css.note}>{text.byHandHelp[how]}</p> : null}
      <ForAll clip={clip} framing={framing} />
    </section>
  )
}
