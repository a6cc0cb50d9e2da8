const CLOCK = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?)$/
const FRAME_STEPS = /^([+-])(\d+)f?$/i

/**
 * What a person typed as a time, in seconds: `75.5`, `1:15.5`, `1:02:03,25`, `75s`, or `+3` and `-12f` for so many frames
 * from where it was. Null for anything else.
 */
export function parseTimeCode(text: string, { now, frameSeconds }: { now: number, frameSeconds: number }): number | null {
  const plain = text.trim().replace(/\s*s$/i, '')
  const steps = FRAME_STEPS.exec(plain)
  if (steps !== null) return Math.max(0, now + Number(`${steps[1] ?? ''}${steps[2] ?? ''}`) * frameSeconds)
  const clock = CLOCK.exec(plain)
  if (clock === null) return null
  const [, hours = '0', minutes = '0', seconds = ''] = clock
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'))
}

/** Times that are shown to the millisecond and typed so are the same time. */
export function isSameTime(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.0005
}
