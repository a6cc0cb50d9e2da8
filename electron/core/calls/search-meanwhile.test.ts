import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasSharedMedia, sharedMedia } from '../../../e2e/shared-media.ts'
import { models as sharedModels } from '../../../native/onnx/test-models.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { SearchAnswer, SearchHit } from '../../contract/search.ts'
import { SearchInput } from '../../contract/search.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import { aged } from '../import/test-folder.ts'
import { hasStandIns } from '../pipeline/test-models.ts'
import { testFolder } from '../store/test-library.ts'

const never = { signal: new AbortController().signal }
const hasAll = hasSharedMedia && hasStandIns

let root: string
let folder: string
let app: App
beforeEach(async () => {
  root = testFolder()
  folder = path.join(root, 'library')
  for (const [name, from] of [['first', 'picture-text-standin'], ['second', 'picture-text-standin'], ['words', 'sentence-standin']] as const) {
    cpSync(path.join(sharedModels, from), path.join(folder, 'models', name), { recursive: true })
  }
  app = await createApp({ folder, access: 'write', tools: realTools(folder) })
})
afterEach(async () => {
  await app.close()
  // The thread that searches has let go of it: it is one plain file again.
  expect(existsSync(path.join(folder, 'library.sqlite-wal'))).toBe(false)
  rmSync(root, { recursive: true, force: true })
})

const SUBTITLES = `1
00:00:01,000 --> 00:00:03,000
the white rabbit is late again

2
00:00:04,000 --> 00:00:06,000
nobody has seen the queen of hearts
`

/** Takes a video in, with subtitles, and waits until all is done. */
async function take(name: string, as: string): Promise<VideoId> {
  const file = path.join(root, `${as}${path.extname(name)}`)
  cpSync(sharedMedia('videos', name), file)
  writeFileSync(path.join(root, `${as}.srt`), SUBTITLES)
  aged(file)
  const { added: [video] } = await app.handlers['library.import']({ paths: [file], fast: false }, never)
  return video!.id
}

const done = () => app.handlers['jobs.idle']({ videos: [], until: 'done' }, never)
const choose = (id: string) => app.handlers['models.choose']({ task: 'pictures', id }, never)
const ask = (query: string): Promise<SearchAnswer> => app.handlers['search.query'](SearchInput.parse({ query }), never)

const places = ({ hits, nearest }: SearchAnswer): string[] => [...hits, ...nearest].map(({ sceneId, start, end }) => `${sceneId} ${start}-${end}`)

/** Says of a hit whether it is of one of these videos, and begins and ends where scenes of it do: neighbours are one hit. */
async function isTrueOf(ids: VideoId[]): Promise<(hit: SearchHit) => boolean> {
  const all = await Promise.all(ids.map((video) => app.handlers['library.scenes']({ video }, never)))
  return ({ sceneId, videoId, title, path: file, start, end }) => all.some(({ video, scenes }) =>
    video.id === videoId && video.title === title && video.path === file
    && scenes.some(({ id }) => id === sceneId) && scenes.some((scene) => scene.start === start) && scenes.some((scene) => scene.end === end))
}

const hitsOf = (asked: Asked[]): SearchHit[] => asked.flatMap(({ answer }) => [...answer.hits, ...answer.nearest])

const queries = ['a white rabbit', '"white rabbit"', 'seen:"a rabbit"', 'queen THEN<20s rabbit', 'rabbit OR queen', 'nobody saw her']

interface Asked { query: string, begun: number, ended: number, answer: SearchAnswer }

/** Searches for one thing after the other until it is stopped. */
function searchAllTheTime(): () => Promise<Asked[]> {
  const asked: Asked[] = []
  let isOver = false
  const loop = async (): Promise<void> => {
    for (let at = 0; !isOver; at++) {
      const query = queries[at % queries.length]!
      const begun = performance.now()
      asked.push({ query, begun, answer: await ask(query), ended: performance.now() })
    }
  }
  const looping = loop()
  return async () => {
    isOver = true
    await looping
    return asked
  }
}

describe.skipIf(!hasAll)('searching while (skipped without the shared media and models)', () => {
  test('a video is removed and comes back: no wrong hit and no error', async () => {
    const ids = [await take('rabbit320.mp4', 'rabbit'), await take('testvideo.mp4', 'other')]
    await done()
    const isTrue = await isTrueOf(ids)
    const before = await Promise.all(queries.map(ask))
    expect(before.every((answer) => places(answer).length > 0)).toBe(true)

    const stop = searchAllTheTime()
    const away: { from: number, to: number }[] = []
    for (let times = 0; times < 5; times++) {
      await app.handlers['library.remove']({ video: ids[0]!, canBeUndone: true }, never)
      const from = performance.now()
      await ask('rabbit')
      away.push({ from, to: performance.now() })
      await app.handlers['library.restore']({ videos: [ids[0]!] }, never)
      await ask('rabbit')
    }
    const asked = await stop()
    expect(asked.length).toBeGreaterThan(5)
    expect(hitsOf(asked).filter((hit) => !isTrue(hit))).toEqual([])
    const meanwhile = asked.filter(({ begun, ended }) => away.some(({ from, to }) => begun > from && ended < to))
    expect(hitsOf(meanwhile).filter(({ videoId }) => videoId === ids[0])).toEqual([])
    expect((await Promise.all(queries.map(ask))).map(places)).toEqual(before.map(places))
    expect(existsSync(path.join(folder, 'errors.log')) && readFileSync(path.join(folder, 'errors.log'), 'utf8')).toBe(false)
  })

  test('another model takes over, goes and comes back: no wrong hit and no error', async () => {
    const id = await take('rabbit320.mp4', 'rabbit')
    await choose('first')
    await done()
    const isTrue = await isTrueOf([id])
    const before = await Promise.all(queries.map(ask))

    const stop = searchAllTheTime()
    for (let times = 0; times < 2; times++) {
      // Its vectors are made while it is searched.
      await choose('second')
      await done()
      await app.handlers['models.remove']({ id: 'second', vectors: times % 2 === 0 }, never)
      await ask('rabbit')
      cpSync(path.join(sharedModels, 'picture-text-standin'), path.join(folder, 'models', 'second'), { recursive: true })
      await choose('first')
      await done()
    }
    const asked = await stop()
    expect(asked.length).toBeGreaterThan(5)
    expect(hitsOf(asked).filter((hit) => !isTrue(hit))).toEqual([])
    // One of the two has always looked at all of it.
    const seen = asked.filter(({ query }) => query === 'a white rabbit').map(({ answer }) => answer.notes.filter((note) => !note.startsWith('No words match')))
    expect(new Set(seen.flat())).toEqual(new Set())
    expect((await Promise.all(queries.map(ask))).map(places)).toEqual(before.map(places))
    expect(existsSync(path.join(folder, 'errors.log')) && readFileSync(path.join(folder, 'errors.log'), 'utf8')).toBe(false)
  })
})
