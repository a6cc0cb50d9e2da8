/** Seconds as people who cut read them: 1:02:03.4, 2:03.4, 0:03.4. `digits` after the point, cut and not rounded, so that it never shows a later moment. */
export function timeText(seconds: number, digits = 1): string {
  const factor = 10 ** digits
  const ticks = Math.floor(Math.max(0, seconds) * factor + 1e-6)
  const whole = Math.floor(ticks / factor)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const fraction = digits === 0 ? '' : `.${String(ticks % factor).padStart(digits, '0')}`
  const two = (value: number): string => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}${fraction}` : `${minutes}:${two(rest)}${fraction}`
}

/** A length or a wait, roughly: "45 s", "12 min", "3 h 20 min". */
export function roughTimeText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** Bytes in the units of file managers: "812 kB", "1.4 GB". */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let [value, at] = [bytes, 0]
  while (value >= 1000 && at < units.length - 1) { value /= 1000; at++ }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at] ?? 'B'}`
}

/** 0 to 1 as "40 %"; never 100 before it is done. */
export function percentText(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100 + 1e-6))} %`
}

/** Frames a second as a number: "29.97", and "0.12" where a frame stays for seconds. */
export function frameRateText(rate: number): string {
  const digits = rate < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 3 }
  return new Intl.NumberFormat('en', { useGrouping: false, ...digits }).format(rate)
}
