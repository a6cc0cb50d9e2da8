import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StageName } from '../../contract/videos.ts'
import type { Models } from '../ports.ts'
import { testClock, testMedia } from '../store/test-library.ts'
import type { RegisteredStage } from './registered-stage.ts'
import type { Row } from './rows.ts'
import type { Chunk, Resource, Stage, StageInput } from './stage.ts'
import type { Runner } from './work.ts'

export const STEPS = 10
const STEP_PTS = 1000

function unasked(): never {
  throw new Error('the stages of these tests use no program')
}

/** Nothing is installed. */
export const noModels: Models = { pictures: async () => null, text: async () => null, voice: async () => null, speech: async () => null, embedderOf: async () => null }

export function testTools(errors: unknown[] = []): Runner['tools'] {
  return {
    clock: testClock,
    log: { info: () => undefined, warn: () => undefined, error: (_text, cause) => { errors.push(cause) } },
    ffmpeg: {
      probe: unasked, scan: unasked, subtitleTrack: unasked, sound: unasked, cut: unasked, proxy: unasked, still: unasked, decodeAll: unasked,
      titleCard: unasked, crossfade: unasked, joinReel: unasked, partSound: unasked, soundFile: unasked, hearFile: unasked, animation: unasked, firstPicture: unasked,
      captionLetters: unasked, embedCaptions: unasked, loudness: unasked, packets: unasked, copyPackets: unasked, encodeEdge: unasked, finishTrack: unasked, soundPackets: unasked,
    },
    pictures: { toWebp: unasked, upright: unasked, sharpness: unasked, shownInFile: unasked },
    models: noModels,
    labels: () => [],
  }
}

interface Options {
  stepMs?: number
  /** Called before each step with what the stage was asked; may throw. */
  onStep?: (step: number, input: StageInput) => void | Promise<void>
  /** Gets a line for each step that was computed. */
  journal?: string
}

/** A stage of ten steps, each a chunk, that goes on where it was and stops within a step. */
function stepped(name: StageName, rowsOf: (step: number, input: StageInput) => Row[], { stepMs = 0, onStep, journal }: Options): Stage['run'] {
  return async function* run(input, _tools, signal): AsyncGenerator<Chunk> {
    for (let step = Number(input.resumeFrom ?? 0); step < STEPS; step++) {
      await onStep?.(step, input)
      await sleep(stepMs, undefined, { signal })
      if (journal !== undefined) appendFileSync(journal, `${name} ${input.id} ${step} ${input.isFirstLook ? 'first' : 'full'}\n`)
      const from = name === 'scan' ? testMedia.picture.startPts + step * STEP_PTS : step
      yield { rows: rowsOf(step, input), replaces: { from, to: from + (name === 'scan' ? STEP_PTS : 1) }, position: String(step + 1), progress: (step + 1) / STEPS }
    }
  }
}

function sceneRows(step: number, input: StageInput): Row[] {
  const startPts = testMedia.picture.startPts + step * STEP_PTS
  // A first look sees a key frame elsewhere in the scene.
  const pts = startPts + (input.isFirstLook ? 0 : 100 + step)
  return [
    { kind: 'shot', startPts, endPts: startPts + STEP_PTS, transition: step === 0 ? 'start' : 'cut' },
    ...input.isFirstLook ? [] : [{ kind: 'silence' as const, startPts, endPts: startPts + 50 + step }],
    { kind: 'scene', startPts, endPts: startPts + STEP_PTS, keyframe: { pts, webp: new Uint8Array(50).fill(step) }, motion: step / STEPS, brightness: 0.5, colours: [] },
  ]
}

function speechRows(step: number): Row[] {
  const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  const text = words[step] ?? ''
  return [{ kind: 'segment', source: 'test', language: 'en', startSeconds: step, endSeconds: step + 1, text, words: [{ text, start: step + 0.1, end: step + 0.9 }] }]
}

function stage(name: StageName, needs: StageName[], more: { resource: Resource, run: Stage['run'] }): Stage {
  return { name, version: 1, needs, ...more }
}

/** Three small stages like the real ones: what is in the file, what is seen, what is said. */
export function testStages(options: Partial<Record<'probe' | 'scan' | 'speech', Options>> = {}): RegisteredStage[] {
  const probe: Stage['run'] = async function* run(input) {
    await options.probe?.onStep?.(0, input)
    yield { rows: [{ kind: 'facts', media: testMedia }], replaces: null, position: 'probed', progress: 1 }
  }
  return [
    { stage: stage('probe', [], { resource: 'light', run: probe }), stores: 'facts', model: null, hasFirstLook: false, cost: { per: 'video', workSeconds: 0.1 } },
    {
      stage: stage('scan', ['probe'], { resource: 'decode', run: stepped('scan', sceneRows, options.scan ?? {}) }),
      stores: 'scenes', model: null, hasFirstLook: true, cost: { per: 'second', workSeconds: 0.1 },
    },
    {
      stage: stage('speech', ['probe'], { resource: 'inference', run: stepped('speech', speechRows, options.speech ?? {}) }),
      stores: 'speech', model: null, hasFirstLook: false, cost: { per: 'second', workSeconds: 0.2 },
    },
  ]
}
