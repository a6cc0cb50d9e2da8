/** J, K and L: how fast it plays, negative backwards, 0 stands. */
const speeds = [-8, -4, -2, -1, 0, 1, 2, 4, 8]

/** L is one step up, J one step down, over standing still. */
export function nextShuttle(now: number, key: 'J' | 'K' | 'L'): number {
  if (key === 'K') return 0
  const at = speeds.indexOf(now)
  const next = (at < 0 ? speeds.indexOf(0) : at) + (key === 'L' ? 1 : -1)
  return speeds[Math.max(0, Math.min(speeds.length - 1, next))] ?? 0
}
