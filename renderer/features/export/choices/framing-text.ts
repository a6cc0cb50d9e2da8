import type { Framing } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'

const text = messages.export.framings

/** What is shown of the picture, in few words: "9:16, follows what moves". */
export function framingText(framing: Framing): string {
  switch (framing.how) {
    case 'whole': return text.whole
    case 'fill': return text.fill(framing.aspect, framing.around === 'follow' ? text.follow : framing.around === 'centre' ? text.centre : text.point)
    case 'fit': return text.fit(framing.aspect, framing.sides === 'blurred' ? text.blurred : text.black)
    case 'split': return text.split(framing.aspect)
  }
}
