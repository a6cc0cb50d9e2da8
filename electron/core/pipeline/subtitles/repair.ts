import type { Cue } from './cue.ts'
import { lineText, MOST_LINES } from './cue.ts'
import { foldRolling } from './rolling.ts'

/** What was wrong with the cues of a source. */
export interface Repairs {
  /** Entirely before the first picture or after the end of the video: dropped. */
  outside: number
  /** Ended before or with their start: got the time it takes to read them. */
  withoutLength: number
  /** The same text at the same time: dropped. */
  doubled: number
  /** Repeated the lines before them, as rolling captions do: only what is new was kept. */
  rolled: number
  /** Ran into the next cue or past the end of the video: cut there. */
  shortened: number
}

/** Nobody can have read a cue this short: its length is an error. */
const SHORTEST_SECONDS = 0.05

/** Cues that begin this close together are shown together. */
const TOGETHER_SECONDS = 0.1

/** Reading speed that subtitlers write for. */
const CHARACTERS_PER_SECOND = 15

function readingSeconds(cue: Cue): number {
  const characters = cue.lines.reduce((sum, line) => sum + lineText(line).length, 0)
  return Math.min(7, Math.max(1, characters / CHARACTERS_PER_SECOND))
}

/** No file says more than milliseconds; what is left after a subtraction is noise. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

function withinVideo(cues: Cue[], endSeconds: number, repairs: Repairs): Cue[] {
  const kept: Cue[] = []
  for (const written of cues) {
    const cue = { ...written, startSeconds: milliseconds(written.startSeconds), endSeconds: milliseconds(written.endSeconds) }
    const isTooShort = !(cue.endSeconds - cue.startSeconds >= SHORTEST_SECONDS)
    const end = isTooShort ? cue.startSeconds + readingSeconds(cue) : cue.endSeconds
    if (!Number.isFinite(end) || cue.startSeconds >= endSeconds || end <= 0) {
      repairs.outside += 1
      continue
    }
    if (isTooShort) repairs.withoutLength += 1
    kept.push({ ...cue, startSeconds: Math.max(0, cue.startSeconds), endSeconds: end })
  }
  return kept
}

/** Cues that begin together become one, in the order of the file; a line that is already there is not said twice. */
function joined(cues: Cue[], repairs: Repairs): Cue[] {
  const result: Cue[] = []
  for (const cue of cues) {
    const last = result.at(-1)
    if (last === undefined || cue.startSeconds - last.startSeconds >= TOGETHER_SECONDS) {
      result.push({ ...cue, lines: [...cue.lines] })
      continue
    }
    const present = new Set(last.lines.map(lineText))
    const fresh = cue.lines.filter((line) => !present.has(lineText(line))).slice(0, MOST_LINES - last.lines.length)
    if (fresh.length === 0) repairs.doubled += 1
    last.lines.push(...fresh)
    last.endSeconds = Math.max(last.endSeconds, cue.endSeconds)
  }
  return result
}

function withoutOverlap(cues: Cue[], endSeconds: number, repairs: Repairs): Cue[] {
  return cues.map((cue, index) => {
    const limit = Math.min(endSeconds, cues[index + 1]?.startSeconds ?? endSeconds)
    if (cue.endSeconds <= limit) return cue
    repairs.shortened += 1
    return { ...cue, endSeconds: limit }
  })
}

/** The cues in the order of time, none over another, all within the video; and what was wrong. */
export function repairCues(cues: Cue[], endSeconds: number): { cues: Cue[], repairs: Repairs } {
  const repairs: Repairs = { outside: 0, withoutLength: 0, doubled: 0, rolled: 0, shortened: 0 }
  const inOrder = withinVideo(cues, endSeconds, repairs).sort((one, other) => one.startSeconds - other.startSeconds)
  const folded = foldRolling(joined(inOrder, repairs))
  repairs.rolled = folded.rolled
  return { cues: withoutOverlap(folded.cues, endSeconds, repairs), repairs }
}
