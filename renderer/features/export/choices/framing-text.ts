import type { Framing } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { howOf, shapeOf } from '../framing/framing-parts.ts'

/** What is shown of the picture, in few words: "9:16, follow the action". */
export function framingText(framing: Framing): string {
  const how = howOf(framing)
  const shape = messages.framing.shapes[shapeOf(framing)]
  return how === null ? shape : messages.export.framed(shape, messages.framing.hows[how].toLowerCase())
}
