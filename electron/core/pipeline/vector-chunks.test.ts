import { describe, expect, it } from 'vitest'
import { SceneId, VideoId } from '../../contract/ids.ts'
import { AppError } from '../errors.ts'
import type { Embedder } from '../ports.ts'
import { testMedia } from '../store/test-library.ts'
import type { Chunk, StoredScene } from './stage.ts'
import { numbersModel } from './test-switch.ts'
import { vectorChunks } from './vector-chunks.ts'

const never = new AbortController().signal
const scenes = [1, 2, 3].map((id): StoredScene => ({ id: SceneId.parse(id), startPts: id * 1000, endPts: id * 1000 + 1000, keyframePath: `${id}.webp`, frames: [{ pts: id * 1000, path: `${id}.webp` }] }))

async function chunksOf(model: Embedder): Promise<Chunk[]> {
  return Array.fromAsync(vectorChunks({
    model, modality: 'picture', scenes,
    partsOf: ({ id, frames }) => frames.map(({ path }, part) => ({ sceneId: id, part, atSeconds: id, item: path })),
    batchOf: (files) => ({ of: 'pictures', files }),
  }, { id: VideoId.parse(1), path: 'film.mp4', media: testMedia, resumeFrom: null, isFirstLook: false }, never))
}

const scenesIn = (chunks: Chunk[]): number[] => chunks.flatMap(({ rows }) => rows).flatMap((row) => row.kind === 'vector' ? [row.sceneId] : [])

describe('vectors of pictures', () => {
  it('are made of all the others where one of them can not be read, and the person is told', async () => {
    const good = numbersModel('good')
    const embed: Embedder['embed'] = async (batch, signal) => {
      if (batch.of === 'pictures' && batch.files.includes('2.webp')) throw new AppError('UNREADABLE', { message: '2.webp can not be read as a picture.' })
      return good.embed(batch, signal)
    }
    const chunks = await chunksOf({ ...good, embed })
    expect([scenesIn(chunks), chunks.at(-1)?.note, chunks.at(-1)?.progress]).toEqual([[1, 3], 'pictures left out that can not be read: 1', 1])
  })

  it('say nothing of pictures that are whole', async () => {
    const chunks = await chunksOf(numbersModel('good'))
    expect([scenesIn(chunks), chunks.at(-1)?.note]).toEqual([[1, 2, 3], undefined])
  })
})
