import type { SpokenSegment } from '../clip-lookup.ts'

export interface Cue { startSeconds: number, endSeconds: number, text: string }

/** The words of a segment that are said between the two times; all of it when its words have no times. */
function textInside({ words, text }: SpokenSegment, startSeconds: number, endSeconds: number): string {
  if (words.length === 0) return text
  const inside = words.filter((word) => {
    const middle = (word.start + word.end) / 2
    return middle >= startSeconds && middle < endSeconds
  })
  // Untouched where nothing is cut off: the segment knows its line breaks.
  return inside.length === words.length ? text : inside.map((word) => word.text.trim()).join(' ')
}

/** What is said between two seconds of the video, with times from the start of the clip. */
export function cuesOfClip(segments: SpokenSegment[], startSeconds: number, endSeconds: number): Cue[] {
  return segments
    .filter((segment) => segment.endSeconds > startSeconds && segment.startSeconds < endSeconds)
    .map((segment) => ({
      startSeconds: Math.max(segment.startSeconds, startSeconds) - startSeconds,
      endSeconds: Math.min(segment.endSeconds, endSeconds) - startSeconds,
      text: textInside(segment, startSeconds, endSeconds).trim(),
    }))
    .filter((cue) => cue.text !== '')
}

function timeOfSrt(seconds: number): string {
  const thousandths = Math.round(seconds * 1000)
  const pad = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0')
  return `${pad(thousandths / 3_600_000, 2)}:${pad(thousandths / 60_000 % 60, 2)}:${pad(thousandths / 1000 % 60, 2)},${pad(thousandths % 1000, 3)}`
}

/** Cues as SubRip: numbered, lines end with CR LF, an empty line ends a cue, so none may be inside of one. */
export function toSrt(cues: Cue[]): string {
  return cues
    .map((cue, index) => [
      String(index + 1),
      `${timeOfSrt(cue.startSeconds)} --> ${timeOfSrt(cue.endSeconds)}`,
      ...cue.text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''),
      '',
    ].join('\r\n'))
    .join('\r\n')
}
