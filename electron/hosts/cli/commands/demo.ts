import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeDemoVideo } from '../../../../native/ffmpeg/demo-video.ts'
import { locateTools } from '../../../../native/ffmpeg/locate.ts'
import type { AddCommand } from '../add-command.ts'
import { checkExport, checkFound, checkImport, checkNothing } from '../demo/checks.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions, Session } from '../session.ts'
import { withSession } from '../session.ts'

interface DemoOptions extends CommonOptions { keep?: boolean }
interface DoneStep { step: string, result: string, seconds: number }

async function demo(session: Session, folder: string, isQuiet: boolean): Promise<DoneStep[]> {
  const steps: DoneStep[] = []
  const step = async <Value extends { result: string }>(name: string, work: () => Promise<Value>): Promise<Value> => {
    const started = performance.now()
    const value = await work()
    const seconds = (performance.now() - started) / 1000
    steps.push({ step: name, result: value.result, seconds })
    if (!isQuiet) process.stdout.write(`${name} (${seconds.toFixed(1)} s)\n    ${value.result}\n`)
    return value
  }

  const file = path.join(folder, 'demo.mp4')
  const { truth } = await step('Make a video of two minutes', async () => {
    const made = await makeDemoVideo(locateTools(), file, session.signal)
    return { result: `${made.cuts.length} cuts, ${made.gradual.length} transitions and ${made.cues.length} spoken lines at known times`, truth: made }
  })
  const [, fox, , lighthouse] = truth.cues
  if (fox === undefined || lighthouse === undefined) throw new Error('the demo video has no lines')
  await step('Import it', () => checkImport(session, file, truth))
  const found = await step('Search for "frozen river"', () => checkFound(session, '"frozen river"', fox))
  await step('Search for lighthouse ships', () => checkFound(session, 'lighthouse ships', lighthouse))
  await step('Search for submarine, which is not there', () => checkNothing(session, 'submarine'))
  await step('Export the scene of the frozen river', () => checkExport(session, found.hit.sceneId, path.join(folder, 'clips')))
  return steps
}

async function runDemo(options: DemoOptions): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenedex-demo-'))
  try {
    await withSession({ ...options, library: path.join(folder, 'library') }, 'write', async (session) => {
      const steps = await demo(session, folder, options.json === true)
      const kept = options.keep === true ? folder : null
      session.answer({ steps, folder: kept }, () => `Every answer was the right one.${kept === null ? '' : ` Kept: ${kept}`}`)
    })
  } finally {
    if (options.keep !== true) await rm(folder, { recursive: true, force: true })
  }
}

export const demoCommand: AddCommand = (parent, finish) => parent.command('demo')
  .description('Makes a small video, imports it, searches, exports a clip and checks every answer. Needs no model and no network; leaves nothing behind.')
  .option('--keep', 'keep the video, its library and the clip')
  .addHelpText('after', `
Examples:
  scenedex demo
  scenedex demo --keep`)
  .action(async (options: DemoOptions) => {
    await runDemo(options)
    finish(exitCodes.done)
  })
