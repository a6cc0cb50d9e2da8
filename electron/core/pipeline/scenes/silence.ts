import type { Loudness } from './loudness.ts'
import { LOUDNESS_RATE } from './loudness.ts'

/**
 * So far below what is usual a pause begins. Measured on speech (films, LibriSpeech, LibriVox, talks) and music: in nasa_13013.mp4 the
 * pauses between sentences lie 15 to 18 dB below the voice, the breaths within them less; at 12 dB also breaths and the quiet parts of
 * music count, at 18 dB pauses in rooms with noise are lost. Loud music has nothing 15 dB below it for 0.3 s.
 */
const DROP_DB = 15
/**
 * A silence that is longer than what is around goes on up to here, whatever is usual by then: the noise of the rooms measured lies
 * at -42 dB and below. Quiet talk after a loud scene does not.
 */
const ROOM_DB = -42
/** The meter ends at -60 dB: what is in its last step is silent whatever is usual. */
const NO_SOUND_DB = -57
/** A tenth of the time around is louder than what is usual: a voice is, although it pauses often. */
const LOUDER_SHARE = 0.1
/**
 * What is usual is taken from these seconds around. A resumed scan hears more before its position than the first. A scene is decided
 * 8 s behind the newest picture, and the sound that comes with that: more than the second.
 */
const SECONDS_BEFORE = 10
const SECONDS_AFTER = 4

/** Windows of the loudness before a moment that are asked for again after it. */
export const WINDOWS_BEFORE = SECONDS_BEFORE * LOUDNESS_RATE
/** Shorter ones lie within speech: stops of consonants last up to 0.2 s. */
const SHORTEST_WINDOWS = 3

/** Windows of the loudness, `from` <= index < `to`. */
export interface QuietWindows { from: number, to: number }

type Levels = Pick<Loudness, 'levelAt'>

function usualLevel(loudness: Levels, index: number): number {
  const levels: number[] = []
  for (let at = index - WINDOWS_BEFORE; at <= index + SECONDS_AFTER * LOUDNESS_RATE; at++) {
    const level = loudness.levelAt(at)
    if (level !== null) levels.push(level)
  }
  return levels.sort((a, b) => b - a)[Math.floor(LOUDER_SHARE * (levels.length - 1))] ?? 0
}

/** The level up to which this window is silent, given that of the silence it may go on with; null where it is not. */
function silentBelow(loudness: Levels, index: number, open: number | null): number | null {
  const level = loudness.levelAt(index)
  if (level === null) return null
  // A long silence is not measured by itself alone.
  const below = Math.max(usualLevel(loudness, index) - DROP_DB, Math.min(open ?? NO_SOUND_DB, ROOM_DB))
  return level <= below ? below : null
}

/**
 * The silences of a stretch, and the level up to which the last one goes on (null where none does), for the stretch after it.
 * One that touches the border of the stretch is given however short it is there: with the rest of it, it may be long enough.
 */
export function silencesIn(loudness: Levels, { from, to }: QuietWindows, open: number | null): { silences: QuietWindows[], open: number | null } {
  const silences: QuietWindows[] = []
  let since = from
  let below = open
  const close = (end: number): void => {
    if (end > since && (end - since >= SHORTEST_WINDOWS || since === from || end === to)) silences.push({ from: since, to: end })
  }
  for (let index = from; index < to; index++) {
    const next = silentBelow(loudness, index, below)
    if (next === null && below !== null) close(index)
    if (next !== null && below === null) since = index
    below = next
  }
  if (below !== null) close(to)
  return { silences, open: below }
}
