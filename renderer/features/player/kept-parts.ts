import type { PlayerVideo } from '../../../electron/contract/player.ts'

/** Whether two answers of the engine say the same: plain values, lists and records. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [entries, others] = [Object.entries(one), new Map(Object.entries(other))]
  return Array.isArray(one) === Array.isArray(other) && entries.length === others.size && entries.every(([name, value]) => others.has(name) && isSame(value, others.get(name)))
}

/** A newer answer about a video with every part of the older one that is still true, so that nothing is worked out or drawn anew for it. */
export function withKept(older: PlayerVideo | null, newer: PlayerVideo): PlayerVideo {
  if (older === null) return newer
  const { scenes, shots, silences, details, playback } = newer
  return {
    scenes: isSame(older.scenes, scenes) ? older.scenes : scenes,
    shots: isSame(older.shots, shots) ? older.shots : shots,
    silences: isSame(older.silences, silences) ? older.silences : silences,
    details: isSame(older.details, details) ? older.details : details,
    playback: isSame(older.playback, playback) ? older.playback : playback,
  }
}
