import type { PictureStream } from '../../facts.ts'
import type { StoredPacket } from '../../ports.ts'
import type { NalUnit } from './annex-b.ts'
import { h264Type, nalUnits } from './annex-b.ts'
import type { H264Sequence } from './h264-parameters.ts'
import { pictureSetId, readSequence } from './h264-parameters.ts'
import type { SmartRefusal } from './refusals.ts'

export const SEQUENCE_SET = 7
export const PICTURE_SET = 8

/** The parameter sets that come with key frames; `changes` where one number stands for two of them. */
export interface H264Parameters { sequences: H264Sequence[], pictureIds: number[], changes: boolean }

/** Gathers sets by what they are and their number. */
export class ParameterSets {
  readonly #sets = new Map<string, NalUnit>()
  changes = false

  add(unit: NalUnit): void {
    const key = `${h264Type(unit)}/${h264Type(unit) === SEQUENCE_SET ? readSequence(unit).id : pictureSetId(unit)}`
    const known = this.#sets.get(key)
    if (known === undefined) this.#sets.set(key, Uint8Array.from(unit))
    else if (Buffer.compare(known, unit) !== 0) this.changes = true
  }

  of(type: typeof SEQUENCE_SET | typeof PICTURE_SET): NalUnit[] {
    return [...this.#sets.values()].filter((unit) => h264Type(unit) === type)
  }
}

/** True for a parameter set, sequence or picture. */
export function isParameterSet(unit: NalUnit): boolean {
  return h264Type(unit) === SEQUENCE_SET || h264Type(unit) === PICTURE_SET
}

export function readH264Parameters(keyFrames: readonly StoredPacket[]): H264Parameters {
  const sets = new ParameterSets()
  for (const { bytes } of keyFrames) for (const unit of nalUnits(bytes ?? new Uint8Array())) if (isParameterSet(unit)) sets.add(unit)
  return { sequences: sets.of(SEQUENCE_SET).map(readSequence), pictureIds: sets.of(PICTURE_SET).map(pictureSetId), changes: sets.changes }
}

/** What x264 calls the profiles that it can write. Constrained baseline is baseline for it. */
const PROFILES: Partial<Record<number, string>> = { 66: 'baseline', 77: 'main', 100: 'high', 110: 'high10', 122: 'high422', 244: 'high444' }
/** Extended sets have numbers up to this one (7.4.2.1.1). */
const MOST_SETS = 32

export interface H264Match { profile: string, level: number, parameterSetId: number }

/** How edges have to be encoded to go with the source, or why they can not. */
export function matchH264({ sequences, pictureIds, changes }: H264Parameters, { pixelFormat }: PictureStream): H264Match | SmartRefusal {
  const [sequence, ...others] = sequences
  if (sequence === undefined) return 'no-parameter-sets'
  if (changes || others.length > 0) return 'parameter-sets-change'
  if (!sequence.isProgressive) return 'interlaced'
  const profile = PROFILES[sequence.profile]
  if (profile === undefined) return 'profile'
  if (sequence.chromaFormat === 0 || pixelFormat === null || !/^yuvj?4(?:20|22|44)p(?:10le)?$/.test(pixelFormat)) return 'pixel-format'
  const taken = new Set([...sequences.map(({ id }) => id), ...pictureIds])
  const free = Array.from({ length: MOST_SETS }, (_, id) => id).find((id) => !taken.has(id))
  return free === undefined ? 'parameter-sets-full' : { profile, level: sequence.level, parameterSetId: free }
}
