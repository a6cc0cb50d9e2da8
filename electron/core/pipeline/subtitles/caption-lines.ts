// What the parser is strict about and people are not: it drops a cue without a word when its times are not written exactly
// as its format demands, or when it does not end after it starts.

const STAMP = /^-?(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:;](\d{1,9}))?$/

/** No timing line is longer, and no search in a longer one is worth its time. */
const LONGEST_TIMING_LINE = 300

/** So that the parser keeps it; a cue this short gets its length when the cues are repaired. */
const SHORTEST_MS = 1

function stampMs(written: string): number | null {
  const compact = written.replaceAll(/\s/g, '')
  const match = STAMP.exec(compact)
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return compact.startsWith('-') ? 0 : ms
}

function stampText(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${two(ms / 3_600_000)}:${two(ms / 60_000 % 60)}:${two(ms / 1000 % 60)}.${String(ms % 1000).padStart(3, '0')}`
}

/** The line as the parser wants it, or null when it is no timing line. */
function timingLine(line: string): string | null {
  if (line.length > LONGEST_TIMING_LINE) return null
  const [before, after] = line.split(/[-–—=]{1,3}>/, 2)
  if (before === undefined || after === undefined) return null
  const [, endText = '', settings = ''] = /^\s*([-\d:.,; ]*[\d])(.*)$/.exec(after) ?? []
  const start = stampMs(before)
  const end = stampMs(endText)
  if (start === null || end === null) return null
  const isVttSetting = /^\s+[a-z]+:/.test(settings)
  return `${stampText(start)} --> ${stampText(Math.max(end, start + SHORTEST_MS))}${isVttSetting ? settings : ''}`
}

/** Times that can not be read: what is said under them has no place. */
function isBrokenTiming(line: string): boolean {
  return line.includes('-->') && /\d:\d/.test(line.slice(0, LONGEST_TIMING_LINE))
}

// The parser looks for times in any line with an arrow, and for a long line that takes it time without end.
function asText(line: string): string {
  return line.replaceAll('-->', '→')
}

/** SubRip: all between two timing lines is text, also after an empty line, but for a number right above the next one. */
function tidySrt(lines: string[]): string[] {
  const tidy: string[] = []
  let text: string[] = []
  let hasTimes = false
  const flush = (lineBefore: string): void => {
    if (/^\s*\d{1,9}\s*$/.test(lineBefore.slice(0, 20))) text.pop()
    if (hasTimes) tidy.push(...text.slice(0, 100), '')
    text = []
  }
  for (const [index, line] of lines.entries()) {
    const timing = timingLine(line)
    if (timing === null && !isBrokenTiming(line)) {
      if (line.trim() !== '') text.push(asText(line))
      continue
    }
    flush(lines[index - 1] ?? '')
    hasTimes = timing !== null
    if (timing !== null) tidy.push(timing)
  }
  flush('')
  return tidy
}

/** An empty line before a timing line; "2" right above it is the number of the cue and no text of the one before it. */
function openCue(tidy: string[]): void {
  const last = tidy.at(-1) ?? ''
  if (/^\d{1,9}$/.test(last)) tidy.pop()
  if (last !== '') tidy.push('')
}

/** WebVTT: other blocks stay as they are; a timing line that follows text without an empty line gets one. */
function tidyVtt(lines: string[]): string[] {
  const tidy: string[] = []
  for (const line of lines) {
    const timing = timingLine(line)
    if (timing !== null) {
      openCue(tidy)
      tidy.push(timing)
      continue
    }
    const other = isBrokenTiming(line) ? '' : asText(line)
    if (other !== '' || tidy.at(-1) !== '') tidy.push(other)
  }
  return tidy
}

/** The lines of a SubRip or WebVTT document, its timing lines as the parser wants them. */
export function captionLines(text: string, format: 'srt' | 'vtt'): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  return format === 'srt' ? tidySrt(lines) : tidyVtt(lines)
}
