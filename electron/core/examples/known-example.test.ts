import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFfmpeg } from '../../../native/ffmpeg/ffmpeg.ts'
import { dot, models as sharedModels, never, pictureStandin, shared, testInference } from '../../../native/onnx/test-models.ts'
import { createPictures } from '../../../native/pictures/sharp-pictures.ts'
import type { SceneId, VideoId } from '../../contract/ids.ts'
import type { SearchAnswer } from '../../contract/search.ts'
import { AppError } from '../errors.ts'
import type { Embedder, Inference } from '../ports.ts'
import { similarScenes } from '../search/similar.ts'
import { storedVectors } from '../search/stored-vectors.ts'
import { addFilm } from '../search/test-scenes.ts'
import type { Library } from '../store/database.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import { coverVideo } from '../store/vector-covers.ts'
import { putVector } from '../store/vectors.ts'
import { addVideo, setFacts } from '../store/videos.ts'
import { addScene } from '../store/scenes.ts'
import type { ExampleTools } from './known-example.ts'
import { knownExample } from './known-example.ts'

const flickr = path.join(shared, 'media', 'pictures', 'flickr8k')
const aVideo = path.join(shared, 'media', 'videos', 'issue-134-rotate.mp4')
const ffmpeg = createFfmpeg()
const pictures = createPictures()

let library: Library & { folder: string }
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

const toolsWith = (...embedders: Pick<Embedder, 'id' | 'embed' | 'dimensions'>[]): ExampleTools => ({
  db: library.db, ffmpeg, pictures,
  models: { pictures: async () => embedders[0] ?? null, text: async () => null, embedderOf: async (name) => embedders.find(({ id }) => id === name) ?? null },
})

/** Sees always the same. */
const blind = (id: string): Embedder => ({ id, dimensions: 2, embed: async ({ of }) => of === 'pictures' ? [new Float32Array([1, 0])] : [] })

function putPicture(sceneId: SceneId, model: string, vector: Float32Array): void {
  putVector(library.db, { sceneId, model, modality: 'picture', part: 0, atSeconds: 1, vector })
}

/** A video that one model has seen, with a scene of its own for each vector. */
function seenFilm(title: string, model: string, vectors: Float32Array[]): { id: VideoId, scenes: SceneId[] } {
  const film = addFilm(library, { title, scenes: vectors.map((_, at) => ({ from: at * 2, to: at * 2 + 2, colours: [{ name: 'teal', share: 0.9 }] })), cues: [] })
  for (const [at, vector] of vectors.entries()) putPicture(film.scenes[at]!, model, vector)
  coverVideo(library.db, film.id, { stage: 'picture-vectors', model, version: 1, nowMs: 1 })
  return film
}

const base64 = (file: string): string => readFileSync(file, 'base64')
const png = async (): Promise<string> => (await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).png().toBuffer()).toString('base64')
const refusal = async (data: string, tools = toolsWith(blind('m'))): Promise<unknown> => knownExample({ kind: 'picture', data }, tools, never).catch((error: unknown) => error instanceof AppError ? error.code : error)

describe('a picture that is given', () => {
  it('is refused in words before any model sees it', async () => {
    seenFilm('Film', 'm', [new Float32Array([1, 0])])
    expect(await refusal('')).toBe('EMPTY')
    expect(await refusal(Buffer.from('no picture').toString('base64'))).toBe('NOT_MEDIA')
    expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'))).toBe('UNSUPPORTED_CODEC')
    expect(await refusal('/9j/'.repeat(10_000_001))).toBe('PICTURE_TOO_LARGE')
    expect(await refusal(Buffer.from('\x89PNG\r\n\x1a\n and no more', 'latin1').toString('base64'))).toBe('UNREADABLE')
  })

  it('needs a model, and says so', async () => {
    expect(await refusal(await png(), toolsWith())).toBe('MODEL_MISSING')
    await expect(knownExample({ kind: 'picture', data: await png() }, toolsWith(), never)).rejects.toMatchObject({ message: 'Searching with a picture needs a picture model.' })
    await expect(knownExample({ kind: 'picture', data: await png() }, toolsWith(blind('m')), never)).rejects.toMatchObject({ message: 'The picture model has looked at no video yet.' })
  })

  it('is seen by each model that answers for videos while one takes the place of another', async () => {
    seenFilm('New', 'new', [new Float32Array([1, 0])])
    const old = seenFilm('Old', 'old', [new Float32Array([0, 1])])
    const { seenBy } = await knownExample({ kind: 'picture', data: await png() }, toolsWith(blind('new'), blind('old')), never)
    expect(seenBy.map(({ model, videos }) => [model, videos])).toEqual([['new', [1]], ['old', [old.id]]])
  })

  it('is seen by the others when one model is damaged, which is said', async () => {
    seenFilm('New', 'new', [new Float32Array([1, 0])])
    seenFilm('Old', 'old', [new Float32Array([0, 1])])
    const damaged: Embedder = { ...blind('new'), embed: async () => { throw new AppError('MODEL_DAMAGED', { message: 'It is damaged.' }) } }
    const { seenBy, notes } = await knownExample({ kind: 'picture', data: await png() }, toolsWith(damaged, blind('old')), never)
    expect([seenBy.map(({ model }) => model), notes]).toEqual([['old'], ['It is damaged.']])
    expect(await refusal(await png(), toolsWith(damaged))).toBe('MODEL_MISSING')
  })

  it('stops when it is asked to', async () => {
    await expect(knownExample({ kind: 'picture', data: await png() }, toolsWith(blind('m')), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

/** A real video with one scene of its first two seconds, as if a model has seen something in it. */
async function realVideo(file: string): Promise<{ id: VideoId, scene: SceneId }> {
  const media = await ffmpeg.probe(file, never)
  const id = addVideo(library.db, { path: file, identity: file, sizeBytes: statSync(file).size, modifiedMs: statSync(file).mtimeMs, title: 'Real', wantsFirstLook: false, addedMs: 1 })
  setFacts(library.db, id, media)
  const { startPts, timeBase: { num, den } } = media.picture
  const scene = addScene(library.db, id, { startPts, endPts: startPts + 2 * den / num, keyframePts: startPts, motion: 0, brightness: 0.5, colours: [{ name: 'teal', share: 0.9 }] })
  return { id, scene }
}

describe.skipIf(!existsSync(aVideo))('a moment of a video (skipped without the shared media)', () => {
  it('is the picture there; of a file that is not there the scene there, which is said', async () => {
    const gone = path.join(library.folder, 'gone.mp4')
    copyFileSync(aVideo, gone)
    const { id, scene } = await realVideo(gone)
    putPicture(scene, 'm', new Float32Array([0, 1]))
    coverVideo(library.db, id, { stage: 'picture-vectors', model: 'm', version: 1, nowMs: 1 })
    const like = { kind: 'moment', video: id, atSeconds: 1 } as const
    expect(await knownExample(like, toolsWith(blind('m')), never)).toEqual({ from: like, seenBy: [{ model: 'm', videos: null, vector: new Float32Array([1, 0]) }], notes: [] })
    expect((await knownExample({ ...like, atSeconds: 3600 }, toolsWith(blind('m')), never)).notes).toEqual(['"Real" ends before that: its end was taken.'])
    writeFileSync(gone, 'another file')
    expect((await knownExample(like, toolsWith(blind('m')), never)).notes).toEqual([`Another file is at ${gone} now.`, 'Compared with the key frames of the scene there.'])
    rmSync(gone)
    expect(await knownExample(like, toolsWith(blind('m')), never)).toEqual({
      from: like, seenBy: [{ model: 'm', videos: null, vector: null }], notes: [`${gone} is not there.`, 'Compared with the key frames of the scene there.'],
    })
  })

  it('is not looked at where no model is there', async () => {
    const { id } = await realVideo(aVideo)
    const like = { kind: 'moment', video: id, atSeconds: 1 } as const
    expect(await knownExample(like, { ...toolsWith(), ffmpeg: { still: () => { throw new Error('nobody needs it') } } }, never)).toEqual({ from: like, seenBy: [], notes: [] })
    await expect(knownExample({ ...like, video: 99 as VideoId }, toolsWith(), never)).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
  })
})

describe.skipIf(!existsSync(sharedModels))('with a real model (skipped without the shared models)', () => {
  let inference: Inference
  let model: Embedder
  let vectors: Map<string, Float32Array>
  const captions = JSON.parse(existsSync(flickr) ? readFileSync(path.join(flickr, 'captions.json'), 'utf8') : '{}') as Record<string, string[]>
  // Not one of those that are searched.
  const ASKED = '3429581486_4556471d1a.jpg'
  const names = Object.keys(captions).sort().filter((_, at) => at % 4 === 0)
  beforeAll(async () => {
    inference = testInference()
    model = inference.embedder(pictureStandin())
    const found = await model.embed({ of: 'pictures', files: names.map((name) => path.join(flickr, name)) }, never)
    vectors = new Map(names.map((name, at) => [name, found[at]!]))
  }, 60_000)
  afterAll(async () => { await inference.close() })

  const search = async (data: string, limit = 5): Promise<SearchAnswer> =>
    similarScenes({ like: await knownExample({ kind: 'picture', data }, toolsWith(model), never), limit }, { database: library.db, clock: testClock, vectors: storedVectors(library.db) }, never)
  const isOfDogs = (name: string): boolean => captions[name]?.filter((caption) => /\bdogs?\b/i.test(caption)).length === 5

  it('a picture of a dog finds dogs first, and the same ones where it lies on its side and its EXIF says so', async () => {
    for (const name of names) seenFilm(name, model.id, [vectors.get(name)!])
    const answer = await search(base64(path.join(flickr, ASKED)))
    expect(answer.hits.map(({ title }) => title).slice(0, 2)).toEqual(['284441196_8ebb216d0d.jpg', '3159641529_c2c74f3eaf.jpg'])
    expect(answer.hits.every(({ title }) => isOfDogs(title))).toBe(true)
    expect(answer.hits[0]?.reasons).toEqual([{ kind: 'seen', text: 'looks alike', score: expect.any(Number) as number, at: 1, chance: expect.closeTo(0.02, 1) as number }])
    const turned = await sharp(path.join(flickr, ASKED)).rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 98 }).toBuffer()
    expect((await search(turned.toString('base64'))).hits.map(({ title }) => title)).toEqual(answer.hits.map(({ title }) => title))
  })

  it('the picture of a key frame is seen as the key frame is', async () => {
    const { id } = await realVideo(aVideo)
    const media = await ffmpeg.probe(aVideo, never)
    const still = await ffmpeg.still({ video: { id, path: aVideo, media }, atSeconds: 1, longEdge: 512 }, never)
    const keyframe = await pictures.toWebp(still.jpeg, 512)
    const [shown, kept] = await model.embed({ of: 'pictures', files: [still.jpeg, keyframe] }, never)
    expect(dot(shown!, kept!)).toBeGreaterThan(0.97)
  })
})
