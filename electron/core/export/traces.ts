import { coarseness, difference, USUAL_CRF } from './small-pictures.ts'

/** Bytes of one picture in `DecodedFile.traces`. */
export const TRACE_BYTES = 144

/**
 * Mean difference of two traces above which they are not of the same picture, in levels of 255: encoding at CRF 18 moves them by less than 1, at CRF 40 by less than 4
 * (measured here, 2026-11-21, three real videos).
 */
const SAME_TRACE_LEVELS = 6

/** The first picture of a clip, encoded at that constant rate factor, that is not as it should be, from 0; null when all are. */
export function firstDifferentTrace(traces: Uint8Array, expected: Uint8Array, crf = USUAL_CRF): number | null {
  for (let at = 0; at < Math.max(traces.length, expected.length); at += TRACE_BYTES) {
    const [one, other] = [traces.subarray(at, at + TRACE_BYTES), expected.subarray(at, at + TRACE_BYTES)]
    if (one.length !== other.length || difference(one, other) > SAME_TRACE_LEVELS * coarseness(crf)) return at / TRACE_BYTES
  }
  return null
}
