import type { ReadDatabase } from '../../ports.ts'
import { scenesFulfilling, scenesFulfillingAmong } from '../../store/indexed-rows.ts'
import type { SceneCondition } from '../../store/scene-conditions.ts'
import type { SceneColumns } from './scene-columns.ts'

/** For each place of a scene: 1 where it fulfils a condition, 0 where it does not or the place is free. */
export type SceneMask = Uint8Array

// So few are faster asked for one by one than all that the library has.
const FEW = 10_000

interface Asked { db: ReadDatabase, scenes: SceneColumns }

function between(column: Float64Array, { from, to }: { from: number, to: number }, size: number): SceneMask {
  const mask = new Uint8Array(size)
  for (let place = 0; place < size; place++) {
    const value = column[place] ?? NaN
    if (value >= from && value <= to) mask[place] = 1
  }
  return mask
}

function ofVideos(scenes: SceneColumns, places: readonly number[]): SceneMask {
  const isWanted = new Uint8Array(scenes.videoAt.length)
  for (const place of places) isWanted[place] = 1
  const mask = new Uint8Array(scenes.size)
  for (let place = 0; place < mask.length; place++) mask[place] = isWanted[scenes.videos[place] ?? 0] ?? 0
  return mask
}

function recorded(scenes: SceneColumns, { side, date }: Extract<SceneCondition, { kind: 'recorded' }>): SceneMask {
  const fits = (at: string): boolean => side === 'before' ? at < date : at >= date
  return ofVideos(scenes, scenes.videoAt.flatMap((video, place) => video?.recordedAt != null && fits(video.recordedAt) ? [place] : []))
}

function withBits(column: Uint32Array, bits: number, size: number): SceneMask {
  const mask = new Uint8Array(size)
  for (let place = 0; place < size; place++) mask[place] = ((column[place] ?? 0) & bits) === 0 ? 0 : 1
  return mask
}

function coloured({ colours, colourNames, size }: SceneColumns, names: readonly string[]): SceneMask | null {
  return colourNames.hasUnknown ? null : withBits(colours, colourNames.bitsThat((name) => names.includes(name)), size)
}

function spoken({ languages, languageNames, size }: SceneColumns, tag: string): SceneMask | null {
  return languageNames.hasUnknown ? null : withBits(languages, languageNames.bitsThat((name) => name === tag || name.startsWith(`${tag}-`)), size)
}

function ofIds(scenes: SceneColumns, ids: readonly number[]): SceneMask {
  const mask = new Uint8Array(scenes.size)
  for (const id of ids) {
    const place = scenes.placeOf(id)
    if (place !== undefined) mask[place] = 1
  }
  return mask
}

/** What the columns can not say is asked of the library. */
function needsLibrary(condition: SceneCondition, scenes: SceneColumns): boolean {
  switch (condition.kind) {
    case 'all': case 'any': return condition.parts.some((part) => needsLibrary(part, scenes))
    case 'not': return needsLibrary(condition.part, scenes)
    case 'colour': return scenes.colourNames.hasUnknown
    case 'language': return scenes.languageNames.hasUnknown
    default: return condition.kind === 'words' || condition.kind === 'tag'
  }
}

function not(mask: SceneMask): SceneMask {
  for (let place = 0; place < mask.length; place++) mask[place] = 1 - (mask[place] ?? 0)
  return mask
}

function any(parts: SceneCondition[], asked: Asked): SceneMask {
  const mask = new Uint8Array(asked.scenes.size)
  for (const part of parts) {
    const one = maskOf(part, asked)
    for (let place = 0; place < mask.length; place++) mask[place] = (mask[place] ?? 0) | (one[place] ?? 0)
  }
  return mask
}

/** The ids of the scenes in a mask; null where there are more than a few. */
function fewIds(mask: SceneMask, { ids }: SceneColumns): number[] | null {
  const found: number[] = []
  for (let place = mask.indexOf(1); place >= 0; place = mask.indexOf(1, place + 1)) {
    if ((ids[place] ?? 0) > 0) found.push(ids[place] ?? 0)
    if (found.length > FEW) return null
  }
  return found
}

/** What is known here first: of few that are left, only those are asked for in the library. */
function all(parts: SceneCondition[], asked: Asked): SceneMask {
  const { scenes, db } = asked
  const mask = new Uint8Array(scenes.size).fill(1)
  const [known, others] = [parts.filter((part) => !needsLibrary(part, scenes)), parts.filter((part) => needsLibrary(part, scenes))]
  for (const [at, part] of [...known, ...others].entries()) {
    const few = at > 0 && at >= known.length ? fewIds(mask, scenes) : null
    const one = few === null ? maskOf(part, asked) : ofIds(scenes, scenesFulfillingAmong(db, few, part))
    for (let place = 0; place < mask.length; place++) mask[place] = (mask[place] ?? 0) & (one[place] ?? 0)
  }
  return mask
}

function ofColumn(condition: SceneCondition, scenes: SceneColumns): SceneMask | null {
  switch (condition.kind) {
    case 'scenes': return ofIds(scenes, condition.ids)
    case 'videos': return ofVideos(scenes, scenes.placesOfVideos(condition.ids))
    case 'recorded': return recorded(scenes, condition)
    case 'duration': return between(scenes.seconds, condition, scenes.size)
    case 'brightness': case 'motion': return between(scenes[condition.kind], condition, scenes.size)
    case 'colour': return coloured(scenes, condition.names)
    case 'language': return spoken(scenes, condition.tag)
    default: return null
  }
}

function maskOf(condition: SceneCondition, asked: Asked): SceneMask {
  const { db, scenes } = asked
  switch (condition.kind) {
    case 'all': return all(condition.parts, asked)
    case 'any': return any(condition.parts, asked)
    case 'not': return not(maskOf(condition.part, asked))
    default: return ofColumn(condition, scenes) ?? ofIds(scenes, scenesFulfilling(db, condition))
  }
}

/** Which scenes fulfil a condition: the same as the library would say, and what can be computed from the columns is. */
export function scenesThatFulfil(condition: SceneCondition, asked: Asked): SceneMask {
  const { ids, size } = asked.scenes
  const mask = maskOf(condition, asked)
  for (let place = 0; place < size; place++) if (ids[place] === 0) mask[place] = 0
  return mask
}
