import type { MediaFacts } from '../../facts.ts'

const CONTAINER_BYTES = 32_768
/** Some seconds have more in them than others; who has no room is told in the middle. */
const LOW_SHARE = 0.5

/** A low guess of what pictures and sound take that are copied. */
export function copiedBytes({ bitRate }: MediaFacts, seconds: number): number {
  return Math.ceil((bitRate ?? 0) / 8 * seconds * LOW_SHARE) + CONTAINER_BYTES
}
