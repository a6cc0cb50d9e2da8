import type { NalUnit } from './annex-b.ts'
import { hevcType, nalUnits } from './annex-b.ts'

const BLA_N_LP = 18
const CRA = 21
const START_CODE = Uint8Array.of(0, 0, 0, 1)

function retyped(unit: NalUnit, type: number): NalUnit {
  const copy = Uint8Array.from(unit)
  copy[0] = (copy[0] ?? 0) & 0x81 | type << 1
  return copy
}

/**
 * A clean random access picture as a splicer marks it (ITU-T H.265, 7.4.2.2): "broken link", with no pictures that lead it. Else a decoder would go on
 * counting pictures from the ones before, which are not those it was encoded behind. The heads of slices of both types are alike (7.3.6.1). Bytes as Annex B.
 */
export function asBroken(bytes: Uint8Array): Uint8Array {
  const units = nalUnits(bytes)
  if (!units.some((unit) => hevcType(unit) === CRA)) return bytes
  return Buffer.concat(units.flatMap((unit) => [START_CODE, hevcType(unit) === CRA ? retyped(unit, BLA_N_LP) : unit]))
}
