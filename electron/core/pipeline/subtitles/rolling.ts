import type { Cue, CueLine } from './cue.ts'
import { lineText } from './cue.ts'

// Live captions (CEA-608, YouTube) roll: each cue shows the line before once more and a new one under it, or the same
// line with a few words more. Taken as they are, everything would be said two or three times.

/** Rolling cues follow each other without a pause; the same words after a pause were said again. */
const WITHOUT_PAUSE_SECONDS = 0.1

/** A screen that changes this fast is being typed on: only there does a line also grow in the middle of a word. */
const TYPED_SECONDS = 0.5

function readAs(line: CueLine): string {
  return lineText(line).toLowerCase()
}

interface Overlap { lines: number, isGrowth: boolean }

function growsFrom(before: string, now: string, isTyped: boolean): boolean {
  return before !== '' && now.length > before.length && now.startsWith(before) && (isTyped || now[before.length] === ' ')
}

/** How many lines at the end of what was shown are the first lines of what is shown now. */
function overlapOf(before: string[], now: string[], isTyped: boolean): Overlap | null {
  for (let lines = Math.min(before.length, now.length); lines > 0; lines -= 1) {
    const tail = before.slice(-lines)
    if (!tail.slice(0, -1).every((line, index) => line === now[index])) continue
    if (tail.at(-1) === now[lines - 1]) return { lines, isGrowth: false }
    if (growsFrom(tail.at(-1) ?? '', now[lines - 1] ?? '', isTyped)) return { lines, isGrowth: true }
  }
  const isPart = now.length < before.length && now.every((line) => before.includes(line))
  return isPart ? { lines: now.length, isGrowth: false } : null
}

/** The last line of `cue`, as long as it is now; the words that came now were said now. */
function grow(cue: Cue, line: CueLine, atSeconds: number): void {
  const old = cue.lines.at(-1) ?? []
  const hasOwnTimes = line.some((piece) => piece.atSeconds !== null)
  cue.lines[cue.lines.length - 1] = hasOwnTimes ? line : [...old, { text: lineText(line).slice(lineText(old).length), atSeconds }]
}

/** The cues (in the order of time) with what each only repeats of the one before left out; `rolled` counts the cues that did. */
export function foldRolling(cues: Cue[]): { cues: Cue[], rolled: number } {
  const kept: Cue[] = []
  let shown: { lines: string[], startSeconds: number, endSeconds: number } = { lines: [], startSeconds: 0, endSeconds: Number.NEGATIVE_INFINITY }
  let rolled = 0
  for (const cue of cues) {
    const now = cue.lines.map(readAs)
    const isAtOnce = cue.startSeconds - shown.endSeconds <= WITHOUT_PAUSE_SECONDS
    const overlap = isAtOnce ? overlapOf(shown.lines, now, cue.startSeconds - shown.startSeconds <= TYPED_SECONDS) : null
    const last = kept.at(-1)
    shown = { lines: now, startSeconds: cue.startSeconds, endSeconds: cue.endSeconds }
    if (overlap === null || last === undefined) {
      kept.push({ ...cue, lines: [...cue.lines] })
      continue
    }
    rolled += 1
    const grown = cue.lines[overlap.lines - 1]
    if (overlap.isGrowth && grown !== undefined) grow(last, grown, cue.startSeconds)
    const fresh = cue.lines.slice(overlap.lines)
    if (fresh.length > 0) kept.push({ ...cue, lines: fresh })
    else last.endSeconds = Math.max(last.endSeconds, cue.endSeconds)
  }
  return { cues: kept, rolled }
}
