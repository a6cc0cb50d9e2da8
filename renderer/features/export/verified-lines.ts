import type { ExportedFile, Verification } from '../../../electron/contract/exports.ts'
import { messages } from '../../messages.ts'

export interface VerifiedLine { text: string, isGood: boolean }

/** A sound that starts less than this beside its picture starts with it, for everybody who listens. */
const HEARD_MS = 45

function soundLine({ audioOffset, checks }: Verification): VerifiedLine {
  const text = messages.tray.verified
  if (audioOffset === null) return { text: text.noSound, isGood: true }
  const milliseconds = Math.round(audioOffset * 1000)
  if (Math.abs(milliseconds) <= HEARD_MS) return { text: text.sound, isGood: true }
  // What is listed as checked was compared with the source, where a sound may start late too.
  return checks.length > 0 ? { text: text.soundAsSource(milliseconds), isGood: true } : { text: text.soundOff(milliseconds), isGood: false }
}

/** What matters most of what was checked on a finished file, in words. */
export function verifiedLines({ verified }: ExportedFile): VerifiedLine[] {
  const text = messages.tray.verified
  const { frames, expectedFrames, firstFrameMatches, lastFrameMatches, decodedToTheEnd } = verified
  const isCountRight = frames === expectedFrames
  return [
    { text: isCountRight ? text.frames(frames) : text.framesWrong(frames, expectedFrames), isGood: isCountRight },
    { text: firstFrameMatches ? text.first : text.firstWrong, isGood: firstFrameMatches },
    { text: lastFrameMatches ? text.last : text.lastWrong, isGood: lastFrameMatches },
    { text: decodedToTheEnd ? text.decoded : text.decodedWrong, isGood: decodedToTheEnd },
    soundLine(verified),
  ]
}
