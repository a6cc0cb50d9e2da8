import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { VideoId } from '../../contract/ids.ts'
import type { WriteDatabase } from '../ports.ts'
import type { Library } from '../store/database.ts'
import { artifactsOf, keyframeName } from '../store/folder.ts'
import type { Claim, Reached } from '../store/leases.ts'
import { reach } from '../store/leases.ts'
import { indexWords } from '../store/scene-words.ts'
import { addFrame, addScene, addShot, deleteScenesIn, picturesOfScenes } from '../store/scenes.ts'
import { addSilence, deleteSilencesIn } from '../store/silences.ts'
import type { SecondsSpan } from '../store/speech.ts'
import { addSegment, deleteSegmentsIn, HEARD_BY, segmentsIn, segmentsOf } from '../store/speech.ts'
import { addTag, deleteTags, deleteTagsIn } from '../store/tags.ts'
import { stageRun, workWith } from '../store/stage-runs.ts'
import { deleteVectors, dropCovers } from '../store/vector-covers.ts'
import { deleteVectorsIn, putVector } from '../store/vectors.ts'
import { changeBadges, setDecodedEnd, setFacts, video } from '../store/videos.ts'
import { ptsToSeconds } from '../facts.ts'
import type { RegisteredStage } from './registered-stage.ts'
import type { Row, SceneRow, SegmentRow } from './rows.ts'
import type { Chunk } from './stage.ts'

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`
  const handle = await open(part, 'w')
  try {
    await handle.writeFile(bytes)
    await handle.sync() // or the row outlives a power cut and the picture does not
  } finally {
    await handle.close()
  }
  await rename(part, file)
}

/** The files come before the rows: a row never names a file that is not there. What a crash leaves is written over by the next try. */
async function writeKeyframes(library: Library, videoId: VideoId, scenes: SceneRow[]): Promise<Set<string>> {
  const written = new Set<string>()
  const frames = scenes.flatMap(({ keyframe, frames: others = [] }) => [...keyframe === null ? [] : [keyframe], ...others])
  if (frames.length > 0) await mkdir(artifactsOf(library.paths, videoId), { recursive: true })
  for (const { pts, webp } of frames) {
    const name = keyframeName(videoId, pts)
    await writeWhole(path.join(library.paths.folder, name), webp)
    written.add(name)
  }
  return written
}

function storeRow(db: WriteDatabase, videoId: VideoId, row: Row): void {
  switch (row.kind) {
    case 'facts':
      setFacts(db, videoId, row.media)
      changeBadges(db, videoId, {
        VFR: row.media.picture.isVariableRate, HDR: row.media.picture.dynamicRange !== 'sdr', NO_AUDIO: row.media.chosenSound === null,
      })
      return
    case 'shot':
      addShot(db, videoId, row)
      return
    case 'scene':
      storeScene(db, videoId, row)
      return
    case 'silence':
      addSilence(db, videoId, row)
      return
    case 'end':
      setDecodedEnd(db, videoId, row.endPts)
      changeBadges(db, videoId, { TRUNCATED: row.isTruncated, DAMAGED: row.isDamaged })
      return
    case 'segment':
      addSegment(db, videoId, row)
      return
    case 'vector':
      putVector(db, row)
      return
    case 'tag':
      addTag(db, videoId, row)
  }
}

function storeScene(db: WriteDatabase, videoId: VideoId, row: SceneRow): void {
  const sceneId = addScene(db, videoId, { ...row, keyframePts: row.keyframe?.pts ?? null })
  for (const { pts } of row.frames ?? []) addFrame(db, videoId, { sceneId, pts })
}

function union(a: SecondsSpan | null, b: SecondsSpan): SecondsSpan {
  return a === null ? b : { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

interface Room { stores: RegisteredStage['stores'], replaces: Chunk['replaces'] }

/** Deletes the stage's own rows in the span; gives the key frames that go with them and the time in which words change. */
function makeRoom(db: WriteDatabase, videoId: VideoId, of: Room): { keyframes: string[], words: SecondsSpan | null } {
  const none = { keyframes: [], words: null }
  if (of.replaces === null) return none
  switch (of.stores) {
    case 'scenes': {
      dropCovers(db, videoId, 'picture')
      const keyframes = picturesOfScenes(db, videoId, of.replaces).map((pts) => keyframeName(videoId, pts))
      deleteScenesIn(db, videoId, of.replaces)
      deleteSilencesIn(db, videoId, of.replaces)
      return { keyframes, words: null }
    }
    case 'speech':
    case 'transcript': {
      const origin = of.stores === 'speech' ? 'read' : 'heard'
      const words = segmentsIn(db, videoId, of.replaces).filter(({ source }) => source.startsWith(HEARD_BY) === (origin === 'heard'))
        .reduce<SecondsSpan | null>((span, { startSeconds, endSeconds }) => union(span, { from: startSeconds, to: endSeconds }), null)
      deleteSegmentsIn(db, videoId, { ...of.replaces, origin })
      return { keyframes: [], words }
    }
    case 'tags':
      deleteTagsIn(db, videoId, of.replaces)
      return none
    case 'facts':
    case 'picture-vectors':
    case 'text-vectors': return none
  }
}

/** Deletes what the model has said of the scenes of the chunk before. What other models have said stays: it is searched until this one is through. */
function makeRoomForVectors(db: WriteDatabase, { claimed: { videoId, stage }, chunk, stores }: ChunkToStore): void {
  if (chunk.replaces === null || (stores !== 'picture-vectors' && stores !== 'text-vectors')) return
  const [first] = chunk.rows.filter((row) => row.kind === 'vector')
  // Another one may have been chosen between the claim and the first question to it.
  if (first !== undefined) workWith(db, videoId, { stage, model: first.model })
  const model = stageRun(db, videoId, stage)?.model ?? null
  if (model !== null) deleteVectorsIn(db, videoId, { model, modality: stores === 'picture-vectors' ? 'picture' : 'text', span: chunk.replaces })
}

/** Deletes what an earlier run of a stage has stored that now has nothing to store; to be called in the transaction that says so. True where others may have worked with that. */
export function deleteOwnRows(db: WriteDatabase, videoId: VideoId, stores: RegisteredStage['stores']): boolean {
  // Vectors are of use also where their model is not there any more, but not where what they are of is gone.
  if (stores === 'text-vectors' && segmentsOf(db, videoId).length === 0) deleteVectors(db, videoId, 'text')
  if (stores === 'tags') deleteTags(db, videoId)
  if (stores !== 'speech' && stores !== 'transcript') return false
  const { words } = makeRoom(db, videoId, { stores, replaces: { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER } })
  if (words !== null) changeWords(db, videoId, words)
  return words !== null
}

/** Scenes or what is said in them have changed in the span. */
function changeWords(db: WriteDatabase, videoId: VideoId, span: SecondsSpan): void {
  indexWords(db, videoId, span)
  dropCovers(db, videoId, 'text')
}

function timesOf(db: WriteDatabase, videoId: VideoId, rows: readonly Row[]): SecondsSpan[] {
  const picture = video(db, videoId)?.media?.picture
  const segments = rows.filter((row): row is SegmentRow => row.kind === 'segment').map(({ startSeconds, endSeconds }) => ({ from: startSeconds, to: endSeconds }))
  if (picture === undefined) return segments
  const scenes = rows.filter((row): row is SceneRow => row.kind === 'scene')
    .map(({ startPts, endPts }) => ({ from: ptsToSeconds(picture, startPts), to: ptsToSeconds(picture, endPts) }))
  return [...segments, ...scenes]
}

export interface ChunkToStore {
  claimed: Claim
  chunk: Chunk
  stores: RegisteredStage['stores']
  reached: Reached
}

/** Stores a chunk: its files, then its rows and the position reached in one transaction, then what it replaced is deleted. Throws LEASE_LOST. */
export async function storeChunk(library: Library, toStore: ChunkToStore): Promise<void> {
  const { claimed, chunk, stores, reached } = toStore
  const { db } = library
  const { videoId } = claimed
  const written = await writeKeyframes(library, videoId, chunk.rows.filter((row) => row.kind === 'scene'))
  const replaced = db.transaction(() => {
    reach(db, claimed, reached)
    const room = makeRoom(db, videoId, { stores, replaces: chunk.replaces })
    makeRoomForVectors(db, toStore)
    for (const row of chunk.rows) storeRow(db, videoId, row)
    const words = timesOf(db, videoId, chunk.rows).reduce(union, room.words)
    if (words !== null) changeWords(db, videoId, words)
    return room.keyframes
  })
  for (const name of replaced) {
    if (!written.has(name)) await rm(path.join(library.paths.folder, name), { force: true })
  }
}
