import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { shared } from '../../../../native/onnx/test-models.ts'
import { addScene } from '../../store/scenes.ts'
import { SceneId } from '../../../contract/ids.ts'
import { testLibrary, testVideo } from '../../store/test-library.ts'
import { storedUsual } from '../../store/usual.ts'
import { deleteVectorsOf } from '../../store/vector-covers.ts'
import { nearestScenes, putVector } from '../../store/vectors.ts'
import { absurdTexts } from '../../usual/test-absurd.ts'
import { unrelatedTexts } from '../../usual/unrelated.ts'
import { chanceOf, FALSE_ALARMS, judged } from '../../usual/usual.ts'
import { usualWay } from '../../usual/way.ts'
import { hasStandIns, standIns } from '../test-models.ts'
import { isUsualDue, learnUsual } from './learn.ts'

const folder = path.join(shared, 'media', 'pictures', 'flickr8k')
const never = new AbortController().signal

it('no unrelated question is among those that false alarms are measured with', () => {
  expect([unrelatedTexts.length, new Set(unrelatedTexts).size, absurdTexts.length]).toEqual([299, 299, 100])
  expect(absurdTexts.filter((text) => unrelatedTexts.includes(text))).toEqual([])
})

it('is learned again when the way or a fifth of the library has changed, and while it grows when it has doubled', () => {
  const known = { vectors: 100, way: usualWay }
  expect([isUsualDue(undefined, 1, true), isUsualDue(undefined, 0, false), isUsualDue(known, 0, false), isUsualDue({ ...known, way: 'old' }, 100, true)]).toEqual([true, false, true, true])
  expect([80, 79, 120, 121].map((vectors) => isUsualDue(known, vectors, false))).toEqual([false, true, false, true])
  expect([199, 200].map((vectors) => isUsualDue(known, vectors, true))).toEqual([false, true])
})

it('a chance is counted in the lower part and drawn on above, also where one question in ten has an answer', () => {
  const ascending = Array.from({ length: 201 }, (_, at) => at < 181 ? -Math.log(1 - at / 201) : 9)
  expect([0, 0.3].map((value) => Number(chanceOf(value, ascending).toFixed(2)))).toEqual([1, 0.74])
  expect(chanceOf(-Math.log(0.05), ascending)).toBeCloseTo(0.05, 2)
  expect(chanceOf(50, ascending)).toBe(0.001)
})

describe.skipIf(!hasStandIns || !existsSync(folder))('what is usual (skipped without the shared models and pictures)', () => {
  const { models, close } = standIns({ pictures: ['p'] })
  afterAll(close)

  it('leaves at most 5 of 100 absurd questions a picture, and 32 of 58 captions one', async () => {
    const captions = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(path.join(folder, 'captions.json'), 'utf8')))
    const names = Object.keys(captions).filter((_, at) => at % 7 === 0)
    const model = (await models.pictures())!
    const library = await testLibrary()
    const video = testVideo(library)
    const kind = { model: 'p', modality: 'picture' } as const
    const pictures = await model.embed({ of: 'pictures', files: names.map((name) => path.join(folder, name)) }, never)
    for (const [at, vector] of pictures.entries()) {
      const scene = SceneId.parse(addScene(library.db, video, { startPts: at * 10, endPts: at * 10 + 10, keyframePts: null, motion: 0, brightness: 0, colours: [] }))
      putVector(library.db, { ...kind, sceneId: scene, part: 0, atSeconds: at, vector })
    }
    await learnUsual(library.db, { model, modality: 'picture' }, never)
    const { usual, way } = storedUsual(library.db, kind)!
    expect([way, usual.vectors, usual.best.length]).toEqual([usualWay, 58, 299])
    const finds = async (texts: readonly string[]): Promise<number> => (await model.embed({ of: 'queries', texts: [...texts] }, never)).filter((text) => {
      const { vector, nearness } = judged(text, usual, 'picture')
      const [best] = nearestScenes(library.db, { ...kind, vector, limit: 1, videos: null })
      return chanceOf(nearness(best!.similarity), usual.best) <= FALSE_ALARMS
    }).length
    expect([await finds(absurdTexts), await finds(names.map((name) => captions[name]![0]!))]).toEqual([2, 32])
    deleteVectorsOf(library.db, 'p')
    expect(storedUsual(library.db, kind)).toBeUndefined()
    library.close()
  })
})
