import { setImmediate } from 'node:timers/promises'
import { parse } from 'ass-compiler'
import { z } from 'zod'
import type { Cue, CuePiece } from './cue.ts'
import { linesOf } from './cue-text.ts'
import { MOST_CUES } from './parse-captions.ts'

/** Effects of one line can be long; after this there are only more of them. */
const LONGEST_EVENT = 4000

const EVENTS_AT_ONCE = 100

const USUAL_FORMAT = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text'

// The library's own types promise more than it holds for a damaged line.
const Karaoke = z.object({ k: z.number(), K: z.number(), kf: z.number(), ko: z.number(), kt: z.number() }).partial().catch({})
const Dialogue = z.object({
  Start: z.number(),
  End: z.number(),
  Text: z.object({ parsed: z.array(z.object({ tags: z.array(Karaoke), text: z.string() })) }),
})
type Dialogue = z.infer<typeof Dialogue>

/** Karaoke tags give the length of each syllable in hundredths of a second, one after the other; \kt says where to go on. */
function timedPieces(event: Dialogue): CuePiece[] {
  let syllableSeconds = event.Start
  return event.Text.parsed.map(({ tags, text }) => {
    let atSeconds: number | null = null
    for (const tag of tags) {
      if (tag.kt !== undefined) syllableSeconds = event.Start + tag.kt / 100
      const length = tag.k ?? tag.K ?? tag.kf ?? tag.ko
      if (length === undefined) continue
      atSeconds = syllableSeconds
      syllableSeconds += length / 100
    }
    return { text: text.replaceAll(/\\[Nn]/g, '\n').replaceAll('\\h', ' '), atSeconds }
  })
}

function cueOf(event: Dialogue, zeroSeconds: number): Cue {
  const pieces = timedPieces(event).map((piece) => ({
    ...piece,
    atSeconds: piece.atSeconds === null || piece.atSeconds > event.End ? null : piece.atSeconds - zeroSeconds,
  }))
  return { startSeconds: event.Start - zeroSeconds, endSeconds: event.End - zeroSeconds, lines: linesOf(pieces) }
}

/** The lines of the events, their format first. Everything else of the file (styles, fonts, pictures) is not for us. */
function eventLines(text: string): { format: string, events: string[] } {
  let format = USUAL_FORMAT
  let isInEvents = false
  const events: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const start = line.slice(0, LONGEST_EVENT).trim()
    if (start.startsWith('[')) isInEvents = /^\[events\]/i.test(start)
    else if (isInEvents && /^format\s?:/i.test(start)) format = start
    else if (/^dialogue\s?:/i.test(start) && events.length < MOST_CUES) events.push(start.replaceAll(/\s+/g, ' '))
  }
  return { format, events }
}

/** The cues of an ASS or SSA document in its order, in seconds from the first picture, karaoke syllables with their times. */
export async function parseAss(source: { text: string, zeroSeconds: number }, signal: AbortSignal): Promise<Cue[]> {
  const { format, events } = eventLines(source.text)
  const cues: Cue[] = []
  for (let at = 0; at < events.length; at += EVENTS_AT_ONCE) {
    await setImmediate()
    signal.throwIfAborted()
    const { dialogue } = parse(`[Events]\n${format}\n${events.slice(at, at + EVENTS_AT_ONCE).join('\n')}`).events
    const read = dialogue.flatMap((event) => Dialogue.safeParse(event).data ?? [])
    cues.push(...read.map((event) => cueOf(event, source.zeroSeconds)).filter((cue) => cue.lines.length > 0))
  }
  return cues
}
