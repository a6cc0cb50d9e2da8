import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createFfmpeg } from '../../../native/ffmpeg/ffmpeg.ts'
import { createPictures } from '../../../native/pictures/sharp-pictures.ts'
import type { VideoId } from '../../contract/ids.ts'
import { addMissingRuns, restartRun, stageRun } from '../store/stage-runs.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import { addVideo } from '../store/videos.ts'
import { thisProcess } from './claimant.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { stages } from './registry.ts'
import { runStage } from './runner.ts'
import { hasStandIns, standIns } from './test-models.ts'
import { foundIn, testLimits } from './test-queue.ts'
import { testTranscriber } from './speech/test-transcriber.ts'
import type { Runner } from './work.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', 'shared')
const source = path.join(shared, 'media', 'videos', 'nasa_13013.mp4')
const forever = new AbortController().signal
const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-stages-'))
const { models, close: closeModels } = standIns({ pictures: ['looks'], text: ['words'], speech: testTranscriber() })

type Library = Awaited<ReturnType<typeof testLibrary>>
const opened: Library[] = []

afterAll(async () => {
  for (const library of opened) library.close()
  await closeModels()
  rmSync(folder, { recursive: true, force: true })
})

/** A library with the film in it, whose stages wait. */
async function libraryWith(film: string): Promise<{ library: Library, id: VideoId, runner: Runner }> {
  const library = await testLibrary()
  opened.push(library)
  const { size, mtimeMs } = statSync(film)
  const id = addVideo(library.db, { path: film, identity: 'film', sizeBytes: size, modifiedMs: Math.floor(mtimeMs), title: 'Film', wantsFirstLook: false, addedMs: 1 })
  for (const { stage } of stages) addMissingRuns(library.db, stage.name, stage.version)
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const tools = { ffmpeg: createFfmpeg(), pictures: createPictures(), models, clock: testClock, log, labels: () => ['a telescope', 'people at work', 'a dog', 'a clean room', 'a red car', 'the sea'] }
  return { library, id, runner: { library, stages, tools, claimant: thisProcess, limits: testLimits } }
}

const Vector = z.object({ start_pts: z.number(), model: z.string(), part: z.number(), at_seconds: z.number(), data: z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('hex')) })

function everything({ db }: Library, id: VideoId): unknown {
  return { found: foundIn(db, id), vectors: db.all('SELECT start_pts, model, part, at_seconds, data FROM vector JOIN scene ON scene.id = scene_id ORDER BY start_pts, model, part', Vector) }
}

/** The stage as it is, but its process ends after each chunk. */
function endingAfterEachChunk(registered: RegisteredStage): RegisteredStage {
  return { ...registered, stage: { ...registered.stage, run: async function* run(input, tools, signal) {
    for await (const chunk of registered.stage.run(input, tools, signal)) {
      yield chunk
      throw new Error('ended here')
    }
  } } }
}

// What is read needs not to be heard, and what is heard was not to be read. The one without is long enough to be heard in more than one go.
const films = [
  { name: 'with captions', times: 5, size: '320x180', tracks: ['-map', '0:s:0', '-c:s', 'mov_text'], skipped: 'transcription', again: stages },
  { name: 'without captions', times: 7, size: '64x36', tracks: [], skipped: 'speech', again: stages.filter(({ stage }) => stage.name === 'transcription') },
]

describe.skipIf(!existsSync(source) || !hasStandIns).each(films)('every stage, on a real film $name (skipped without the shared media and models)', ({ name: filmName, times, size, tracks, skipped, again }) => {
  const film = path.join(folder, `${filmName}.mp4`)
  let calm: Awaited<ReturnType<typeof libraryWith>>
  let expected: unknown

  const withFilm = (): Promise<typeof calm> => libraryWith(film)
  const endOf = (stage: string): 'done' | 'skipped' => stage === skipped ? 'skipped' : 'done'

  async function runDue(runner: Runner, id: VideoId): Promise<void> {
    for (const { stage } of stages) {
      const before = stageRun(runner.library.db, id, stage.name)?.state
      const { kind } = await runStage(runner, { videoId: id, stage: stage.name }, forever)
      expect([stage.name, before, kind]).toEqual([stage.name, before, before === 'pending' ? endOf(stage.name) : 'not-due'])
    }
  }

  beforeAll(async () => {
    execFileSync('ffmpeg', [
      '-v', 'error', '-nostdin', '-stream_loop', String(times - 1), '-i', source, '-map', '0:v:0', '-map', '0:a:0',
      '-s', size, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'copy', ...tracks, film,
    ])
    calm = await withFilm()
    await runDue(calm.runner, calm.id)
    expected = everything(calm.library, calm.id)
  })

  it('finds something', () => {
    expect(expected).toMatchObject({ found: { states: ['ready', ...stages.map(({ stage: { name } }) => ({ name, state: endOf(name), progress: 1 }))] } })
    const ofVideo = 'FROM vector JOIN scene ON scene.id = scene_id WHERE modality ='
    const counts = calm.library.db.get(`SELECT (SELECT count(*) FROM scene) AS scenes, (SELECT count(*) FROM segment) AS segments, (SELECT count(*) FROM silence) AS silences,
      (SELECT count(DISTINCT scene_id) ${ofVideo} 'picture') AS seen, (SELECT count(*) ${ofVideo} 'text') AS passages`,
    z.object({ scenes: z.number(), segments: z.number(), silences: z.number(), seen: z.number(), passages: z.number() }))
    expect(Math.min(...Object.values(counts ?? {}))).toBeGreaterThan(3)
    expect(counts?.seen).toBe(counts?.scenes)
    expect(calm.library.db.all('SELECT model, modality FROM vector_cover ORDER BY model', z.object({ model: z.string(), modality: z.string() })))
      .toEqual([{ model: 'looks', modality: 'picture' }, { model: 'words', modality: 'text' }])
  })

  it('gives the same when it is run again', async () => {
    for (const { stage } of again) {
      restartRun(calm.library.db, calm.id, stage.name)
      await runDue(calm.runner, calm.id)
      expect(everything(calm.library, calm.id), stage.name).toEqual(expected)
    }
  })

  it('goes on after each of its chunks, to the same result', async () => {
    const { library, id, runner } = await withFilm()
    const ended: Record<string, number> = {}
    for (const registered of stages) {
      const { name } = registered.stage
      const ending: Runner = { ...runner, stages: stages.map((other) => other === registered ? endingAfterEachChunk(registered) : other) }
      const run = (): NonNullable<ReturnType<typeof stageRun>> => stageRun(library.db, id, name)!
      let reached = -1
      while (run().state === 'pending' && reached !== run().progress) {
        reached = run().progress
        ended[name] = (ended[name] ?? -1) + 1
        expect(['failed', endOf(name)]).toContain((await runStage(ending, { videoId: id, stage: name }, forever)).kind)
      }
      if (run().state === 'pending') await runStage(runner, { videoId: id, stage: name }, forever)
      expect(run().state, name).toBe(endOf(name))
    }
    expect(everything(library, id)).toEqual(expected)
    expect(ended['scan']).toBeGreaterThanOrEqual(3)
    expect(ended['transcription']).toBe(skipped === 'speech' ? 2 : 0)
  })

  it('stops within one item, stores nothing after that and can be taken up again', async () => {
    const { library, id, runner } = await withFilm()
    for (const { stage } of stages) {
      const stop = new AbortController()
      const running = runStage(runner, { videoId: id, stage: stage.name }, stop.signal)
      await new Promise((resolve) => { setTimeout(resolve, stage.resource === 'light' ? 1 : 150) })
      const chunks = (): number => library.db.get('SELECT chunks FROM stage_run WHERE video_id = @id AND stage = @stage', z.object({ chunks: z.number() }), { id, stage: stage.name })?.chunks ?? 0
      const before = chunks()
      stop.abort(new Error('enough'))
      const { kind } = await running
      // The one that was being written.
      expect(chunks() - before, stage.name).toBeLessThanOrEqual(1)
      // On a quick machine it may have come to its end before.
      expect(['stopped', endOf(stage.name)], stage.name).toContain(kind)
      if (kind === 'stopped') expect(stageRun(library.db, id, stage.name)).toMatchObject({ state: 'pending', attempts: 0, lease: null })
      if (kind === 'stopped') expect(await runStage(runner, { videoId: id, stage: stage.name }, forever)).toMatchObject({ kind: endOf(stage.name) })
    }
    expect(everything(library, id)).toEqual(expected)
  })
})
