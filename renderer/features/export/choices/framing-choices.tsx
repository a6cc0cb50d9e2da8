import type { Aspect, ExportChoices, Framing } from '../../../../electron/contract/export-choices.ts'
import { Aspect as Aspects } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { Select } from '../../../ui/select.tsx'
import { pictureRefused } from './choice-rules.ts'
import { framingText } from './framing-text.ts'
import css from './more-choices.module.css'
import { choose } from './use-choices.ts'

const text = messages.export

const ways = ['follow', 'centre', 'blurred', 'black'] as const
type Way = typeof ways[number]

function framingFor(aspect: Aspect, way: Way): Framing {
  return way === 'follow' || way === 'centre' ? { how: 'fill', aspect, around: way } : { how: 'fit', aspect, sides: way }
}

/** The way a framing is of, where it is one of those offered for all clips; a point and two regions are for one clip. */
function wayOf(framing: Framing): Way {
  if (framing.how === 'fit') return framing.sides
  return framing.how === 'fill' && framing.around === 'centre' ? 'centre' : 'follow'
}

/** The shape of every clip that has none of its own. */
export function FramingChoices({ choices }: { choices: ExportChoices }) {
  const { framing } = choices
  const refused = pictureRefused(choices)
  const off = refused === null ? {} : { hint: refused, isDisabled: true }
  const shapes = (['whole', ...Aspects.options] as const).map((value) => ({ value, label: value === 'whole' ? text.framings.whole : text.framings.shapes[value], ...value === 'whole' ? {} : off }))
  const fits = ways.map((value) => ({ value, label: text.framings.ways[value], hint: text.framings.wayHints[value] }))
  return (
    <>
      <div className={css.row}>
        <span className={css.label}>{text.framings.shape}</span>
        <Select label={text.framings.shape} value={framing.how === 'whole' ? 'whole' : framing.aspect} options={shapes} onChange={(shape) => { choose({ framing: shape === 'whole' ? { how: 'whole' } : framingFor(shape, wayOf(framing)) }) }} />
      </div>
      {framing.how === 'whole' ? null : (
        <div className={css.row}>
          <span className={css.label}>{text.framings.way}</span>
          <Select label={text.framings.way} value={wayOf(framing)} options={fits} onChange={(way) => { choose({ framing: framingFor(framing.aspect, way) }) }} />
        </div>
      )}
      <p className={css.hint}>{refused ?? (framing.how === 'whole' ? text.framings.hint : framingText(framing))}</p>
    </>
  )
}
