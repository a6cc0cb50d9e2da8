import type { Shift } from '../../../../electron/contract/exports.ts'
import { messages } from '../../../messages.ts'

const text = messages.export.shift

/** What copying changes of a clip, in pictures: "Copied, it begins 12 frames earlier, ends 3 frames later." */
export function shiftText({ framesBefore, framesAfter }: Shift): string {
  if (framesBefore === 0 && framesAfter === 0) return text.none
  const [before, after] = [text.before(framesBefore), text.after(framesAfter)]
  return text.would(framesAfter === 0 ? text.begins(before) : framesBefore === 0 ? text.ends(after) : text.both(before, after))
}
