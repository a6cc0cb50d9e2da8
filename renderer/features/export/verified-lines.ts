import type { ExportedFile } from '../../../electron/contract/exports.ts'
import { messages } from '../../messages.ts'

export interface VerifiedLine { text: string, isGood: boolean }

/** A sound that starts less than this beside its picture starts with it, for everybody who listens. */
const HEARD_MS = 45

function soundLine(offsetSeconds: number | null): VerifiedLine {
  const text = messages.tray.verified
  if (offsetSeconds === null) return { text: text.noSound, isGood: true }
  const milliseconds = Math.round(offsetSeconds * 1000)
  return Math.abs(milliseconds) <= HEARD_MS ? { text: text.sound, isGood: true } : { text: text.soundOff(milliseconds), isGood: false }
}

/** What was checked on a finished file, in words: what every clip is checked for, then what only this one was. */
export function verifiedLines({ verified }: ExportedFile): VerifiedLine[] {
  const text = messages.tray.verified
  const { frames, expectedFrames, firstFrameMatches, lastFrameMatches, decodedToTheEnd, audioOffset, checks } = verified
  const isCountRight = frames === expectedFrames
  return [
    { text: isCountRight ? text.frames(frames) : text.framesWrong(frames, expectedFrames), isGood: isCountRight },
    { text: firstFrameMatches ? text.first : text.firstWrong, isGood: firstFrameMatches },
    { text: lastFrameMatches ? text.last : text.lastWrong, isGood: lastFrameMatches },
    { text: decodedToTheEnd ? text.decoded : text.decodedWrong, isGood: decodedToTheEnd },
    soundLine(audioOffset),
    ...[...new Set(checks)].map((check) => ({ text: check.charAt(0).toUpperCase() + check.slice(1), isGood: true })),
  ]
}
