import { utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import type { Library } from '../store/database.ts'
import { scenesView } from '../store/scene-view.ts'
import { silencesOf } from '../store/silences.ts'
import { addMissingRuns, stageRun } from '../store/stage-runs.ts'
import { testLibrary } from '../store/test-library.ts'
import { videoView } from '../store/video-view.ts'
import { addVideo, video } from '../store/videos.ts'
import type { Claimant } from './claimant.ts'
import { thisProcess } from './claimant.ts'
import type { Engine } from './engine.ts'
import { createEngine } from './engine.ts'
import type { RegisteredStage } from './registered-stage.ts'
import { testTools } from './test-stages.ts'
import type { Limits, Runner } from './work.ts'
import { usualLimits } from './work.ts'

/** Quick enough for a test. */
export const testLimits: Limits = { ...usualLimits, heartbeatMs: 50, backoffMs: 1 }

export interface TestQueue {
  library: Library
  folder: string
  errors: unknown[]
  events: AppEvent[]
  /** A video with a file of its own. */
  add(title: string, wantsFirstLook?: boolean): VideoId
  fileOf(title: string): string
  runner(stages: RegisteredStage[], claimant?: Claimant): Runner
  engine(stages: RegisteredStage[]): Engine
  /** Puts the stages of all videos into the queue, as the engine does. */
  enqueue(stages: RegisteredStage[]): void
  run(id: VideoId, stage: StageName): NonNullable<ReturnType<typeof stageRun>>
  close(): Promise<void>
}

export async function testQueue(): Promise<TestQueue> {
  const library = await testLibrary()
  const { folder } = library
  const [errors, events, engines]: [unknown[], AppEvent[], Engine[]] = [[], [], []]
  const fileOf = (title: string): string => path.join(folder, `${title}.mp4`)
  return {
    library, folder, errors, events, fileOf,
    add: (title, wantsFirstLook = false) => {
      writeFileSync(fileOf(title), title)
      // Written long ago: nobody is at work on it.
      utimesSync(fileOf(title), 1, 1)
      return addVideo(library.db, { path: fileOf(title), identity: title, sizeBytes: Buffer.byteLength(title), modifiedMs: 1000, title, wantsFirstLook, addedMs: 1 })
    },
    runner: (stages, claimant = thisProcess) => ({ library, stages, tools: testTools(errors), claimant, limits: testLimits }),
    engine: (stages) => {
      const engine = createEngine({ library, stages, tools: testTools(errors), emit: (event) => { events.push(event) }, limits: testLimits })
      engines.push(engine)
      return engine
    },
    enqueue: (stages) => { for (const { stage } of stages) addMissingRuns(library.db, stage.name, stage.version) },
    run: (id, stage) => stageRun(library.db, id, stage)!,
    close: async () => {
      for (const engine of engines) await engine.stop()
      library.close()
    },
  }
}

/** All that was found in a video, without what differs from run to run: ids and times of the work. */
export function foundIn(db: ReadDatabase, id: VideoId): unknown {
  const { video: view, shots, scenes } = scenesView(db, video(db, id)!, videoView(db, id, false)!)
  return {
    shots,
    silences: silencesOf(db, id),
    scenes: scenes.map(({ id: _id, ...scene }) => scene),
    states: [view.state, ...view.stages.map(({ name, state, progress }) => ({ name, state, progress }))],
  }
}

/** Waits until something is so. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 20_000 // a busy machine takes its time
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`)
    await new Promise((resolve) => { setTimeout(resolve, 5) })
  }
}
