import type { ExportChoices } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { Select } from '../../../ui/select.tsx'
import type { How, Shape } from '../framing/framing-parts.ts'
import { framingWith, howOf, shapeOf } from '../framing/framing-parts.ts'
import { pictureRefused } from './choice-rules.ts'
import css from './more-choices.module.css'
import { choose } from './use-choices.ts'

const { framing: text } = messages

// By hand and in two parts is set on the picture of one clip.
const hows = (['follow', 'centre', 'blurred', 'black'] as const).map((value) => ({ value, label: text.hows[value], hint: text.howHints[value] }))

/** The shape of every clip that has none of its own. */
export function FramingChoices({ choices: { framing, ...choices } }: { choices: ExportChoices }) {
  const refused = pictureRefused({ ...choices, framing })
  const off = refused === null ? {} : { hint: refused, isDisabled: true }
  const shapes = (['whole', '9:16', '4:5', '1:1', '16:9'] as const).map((value) => ({ value, label: text.shapes[value], ...value === 'whole' ? {} : off }))
  const [shape, how] = [shapeOf(framing), howOf(framing)]
  const shown = how !== null && hows.every(({ value }) => value !== how) ? [...hows, { value: how, label: text.hows[how] }] : hows
  return (
    <>
      <div className={css.row}>
        <span className={css.label}>{text.shape}</span>
        <Select<Shape> label={text.shape} value={shape} options={shapes} onChange={(next) => { choose({ framing: framingWith(framing, next) }) }} />
      </div>
      {how === null ? null : (
        <div className={css.row}>
          <span className={css.label}>{text.how}</span>
          <Select<How> label={text.how} value={how} options={shown} onChange={(next) => { choose({ framing: framingWith(framing, shape, next) }) }} />
        </div>
      )}
      <p className={css.hint}>{refused ?? messages.export.framingHint}</p>
    </>
  )
}
