import type { Sequence } from './sequence.ts'
import { timecodeText } from './timecode.ts'

const HEADINGS = [
  'Number', 'Name', 'Video', 'File', 'Source rate', 'Source in', 'Source out', 'Source in frame', 'Source out frame', 'Start (s)', 'End (s)',
  'Record in', 'Record out', 'Frames', 'Found with', 'Reason',
]

/**
 * A cell as RFC 4180 has it. A text that a spreadsheet would take for a formula gets an apostrophe before it: what stands in a file name or in a subtitle
 * may not be run (OWASP, "CSV injection").
 */
function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : value.toWellFormed().replace(/^(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/u, '\'')
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table for spreadsheets, one row a clip: UTF-8 with the mark that spreadsheets know it by. */
export function csvOf({ clips, rate, isDrop }: Sequence): string {
  const rows = clips.map((clip, at) => {
    const { media, sourceIn, sourceOut, recordIn, recordOut } = clip
    const source = (frame: number): string => timecodeText({ ...media.timecode, frame: media.timecode.frame + frame }, media.rate)
    const record = (frame: number): string => timecodeText({ frame, isDrop }, rate)
    return [
      at + 1, clip.name, media.title, media.path, `${String(media.rate.num)}/${String(media.rate.den)}`, source(sourceIn), source(sourceOut), sourceIn, sourceOut,
      Number(clip.startSeconds.toFixed(6)), Number(clip.endSeconds.toFixed(6)), record(recordIn), record(recordOut), recordOut - recordIn, clip.query ?? '', clip.note ?? '',
    ]
  })
  return `\ufeff${[HEADINGS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}
