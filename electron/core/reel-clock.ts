import type { ConformTo } from './reel-ports.ts'

/** Ticks a second of a reel, and ticks a picture: whole numbers, and fine enough for every muxer. */
export function conformClock({ num, den }: ConformTo['frameRate']): { ticksASecond: number, ticksAPicture: number } {
  const finer = Math.ceil(1000 / num)
  return { ticksASecond: num * finer, ticksAPicture: den * finer }
}
