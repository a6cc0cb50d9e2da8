/** Milliseconds as "01:02:03.004", with the mark before the thousandths that is asked for. */
export function clockTime(ms: number, mark: '.' | ','): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${two(ms / 3_600_000)}:${two(ms / 60_000 % 60)}:${two(ms / 1000 % 60)}${mark}${String(ms % 1000).padStart(3, '0')}`
}
