import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDocument } from './read-document.ts'
import { segmentRows } from './segments.ts'

const NEVER = new AbortController().signal
const ASS_HEADER = '[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'

function srtOf(text: string): string {
  return `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`
}

const ANY_TEXT = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
  fc.array(fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.tuple(fc.nat(200_000), fc.nat(200_000)).map(([one, other]) => `00:0${String(one % 6)}:${String(one % 60).padStart(2, '0')},${String(one % 1000).padStart(3, '0')} --> 00:0${String(other % 6)}:${String(other % 60).padStart(2, '0')},${String(other % 1000).padStart(3, '0')}`),
    fc.nat(9999).map((time) => `Dialogue: 0,0:00:${String(time % 60)}.${String(time % 100)},0:00:${String(time % 59)}.5,Default,,0,0,0,,{\\k${String(time)}}a{\\p1}m 0 {\\t(\\t(1,2,\\fad(`),
    fc.constantFrom('', '1', 'WEBVTT', 'NOTE x', 'REGION', '[Events]', 'Format: Start, End', 'Format:', '[Script Info]', '<i><b><c.x><00:01.000>', '{\\an8', '<v ', '&#x110000;&#0;', '<rt>', '- ', 'a b c', 'a b c d'),
  ), { maxLength: 60 }).map((lines) => Buffer.from(lines.join('\n'))),
)

describe('any bytes whatever', () => {
  it.each(['srt', 'vtt', 'ass'] as const)('end within a second of work as segments in order, apart and within the video: %s', async (format) => {
    await fc.assert(fc.asyncProperty(ANY_TEXT, fc.double({ min: 0.001, max: 400, noNaN: true }), fc.constantFrom(0, 10, 0.033), async (bytes, endSeconds, zeroSeconds) => {
      // Work of this process, not time that passes: other programs take that, too.
      const began = process.cpuUsage()
      const read = await readDocument({ format, bytes, zeroSeconds }, endSeconds, NEVER)
      const rows = segmentRows(read.cues, { name: 'sidecar:a', language: null })
      expect(process.cpuUsage(began).user).toBeLessThan(1_000_000)
      let before = 0
      for (const row of rows) {
        expect(row.startSeconds).toBeGreaterThanOrEqual(before)
        expect(row.endSeconds).toBeGreaterThan(row.startSeconds)
        expect(row.endSeconds).toBeLessThanOrEqual(endSeconds)
        before = row.endSeconds
        let said = row.startSeconds
        for (const word of row.words) {
          expect(word.start).toBeGreaterThanOrEqual(said)
          expect(word.end).toBeGreaterThanOrEqual(word.start)
          said = word.start
        }
        expect(said).toBeLessThanOrEqual(row.endSeconds)
      }
    }), { numRuns: 300 })
  })

  const MEGABYTE = 1024 * 1024
  const repeated = (unit: string, bytes: number): string => unit.repeat(Math.ceil(bytes / unit.length))
  it.each([
    ['one line', repeated('x', 10 * MEGABYTE)],
    ['nulls', repeated('\0', 10 * MEGABYTE)],
    ['opened tags', srtOf(repeated('<', 10 * MEGABYTE))],
    ['tags in tags', srtOf(repeated('<b>', 10 * MEGABYTE))],
    ['braces', `${ASS_HEADER}Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,${repeated('{', 10 * MEGABYTE)}`],
    ['spaces', `[Script Info]\na${repeated(' ', 10 * MEGABYTE)}b:`],
    ['spaces before an arrow', `0${repeated(' ', 10 * MEGABYTE)}-->`],
    ['arrows', repeated('-->', 10 * MEGABYTE)],
    ['entities', srtOf(repeated('&amp;', 10 * MEGABYTE))],
    ['empty lines', srtOf(`a${repeated('\n', 2 * MEGABYTE)}`)],
    ['lines of braces', ASS_HEADER + repeated(`Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,${'{'.repeat(1900)}\n`, MEGABYTE)],
    ['cues at one time', repeated('00:01,000 --> 00:02,000\na\n\n', MEGABYTE / 4)],
  ])('many megabytes of them end soon: %s', async (_name, text) => {
    for (const format of ['srt', 'vtt', 'ass'] as const) {
      const read = await readDocument({ format, bytes: Buffer.from(text), zeroSeconds: 0 }, 100, NEVER)
      expect(segmentRows(read.cues, { name: 'sidecar:a', language: null }).length).toBeLessThan(3)
    }
  })

  it('stop when they are told to', async () => {
    const stop = new AbortController()
    const reading = readDocument({ format: 'srt', bytes: Buffer.from(repeated('00:01,000 --> 00:02,000\na\n\n', MEGABYTE)), zeroSeconds: 0 }, 100, stop.signal)
    setTimeout(() => { stop.abort() }, 1)
    await expect(reading).rejects.toThrow('aborted')
  })
})
