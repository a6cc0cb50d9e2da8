import stringWidth from 'string-width'

// Control characters could move the cursor or recolour the terminal; bidi marks could reorder a file name.
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** Text from a file or its name, made safe to print: what can not be seen is shown as an escape. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (mark) => mark === '\n' ? '\\n' : `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `1:02:03.4`, `2:03.4` or `0:03.4`: seconds with tenths. */
export function timeText(seconds: number): string {
  const tenths = Math.round(Math.max(0, seconds) * 10)
  const [hours, minutes, rest] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, tenths % 600]
  const tail = `${String(Math.floor(rest / 10)).padStart(2, '0')}.${String(rest % 10)}`
  return hours > 0 ? `${String(hours)}:${String(minutes).padStart(2, '0')}:${tail}` : `${String(minutes)}:${tail}`
}

/** `2 h 05 min`, `3 min 20 s` or `45 s`: a length that is only an estimate. */
export function etaText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${String(whole)} s`
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor(whole / 60) % 60).padStart(2, '0')} min`
}

export function percentText(share: number): string {
  return `${String(Math.floor(Math.min(1, Math.max(0, share)) * 100))} %`
}

/** Bytes in the units of file managers: `812 kB`, `43.5 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [value, at] = [bytes, 0]
  while (value >= 1000 && at < units.length - 1) { value /= 1000; at++ }
  return `${at === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1)} ${units[at] ?? 'B'}`
}

/** Lines with the cells of each column below each other. The last column is never padded. */
export function columns(rows: string[][]): string {
  const widths: number[] = []
  for (const row of rows) for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell))
  const line = (row: string[]): string => row
    .map((cell, index) => index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell)))
    .join('  ')
  return rows.map(line).join('\n')
}

/** Shortened in the middle of nothing: cut at the end with an ellipsis so that it fits `width` columns. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}
