import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const media = path.resolve(import.meta.dirname, '../../../../shared/media')

const FrameSpan = z.object({ start: z.number(), end: z.number() })
const FrameTruth = z.object({ cuts: z.array(z.number()), gradual: z.array(FrameSpan), ignore: z.array(FrameSpan).default([]) })
const TruthFile = z.object({ files: z.record(z.string(), FrameTruth) })

/** A clip with what is true of it, in frame numbers; the end of a gradual transition is its last frame. */
export interface Clip {
  name: string
  file: string
  made: boolean
  truth: z.infer<typeof FrameTruth>
}

/** Made films, rendered at most once per seed and length. Empty where the maker is absent. */
export async function madeFilms(seeds: readonly number[], seconds: number): Promise<Clip[]> {
  const maker = path.join(media, 'shots/make-film.mjs')
  if (!existsSync(maker)) return []
  const clips: Clip[] = []
  for (const seed of seeds) {
    const folder = path.join(tmpdir(), 'scenedex-made-films', `${seed}-${seconds}`)
    if (!existsSync(path.join(folder, 'truth.json'))) {
      process.stdout.write(`rendering a film of ${seconds} s, seed ${seed} ...\n`)
      await promisify(execFile)(process.execPath, [maker, folder, '--seconds', `${seconds}`, '--seed', `${seed}`, '--jobs', '1'])
    }
    const { cuts, gradual } = FrameTruth.parse(JSON.parse(readFileSync(path.join(folder, 'truth.json'), 'utf8')))
    // the maker gives the frame after the transition
    const spans = gradual.map(({ start, end }) => ({ start, end: end - 1 }))
    clips.push({ name: `film ${seed}`, file: path.join(folder, 'test.mp4'), made: true, truth: { cuts, gradual: spans, ignore: [] } })
  }
  return clips
}

/** Real clips with hand-checked truth. Empty where the media are absent. */
export function realClips(): Clip[] {
  const given = path.join(media, 'shots/truth.json')
  if (!existsSync(given)) return []
  const read = (file: string): z.infer<typeof TruthFile>['files'] => TruthFile.parse(JSON.parse(readFileSync(file, 'utf8'))).files
  const truths = { ...read(path.join(import.meta.dirname, 'real-truth.json')), ...read(given) }
  return Object.entries(truths).map(([name, truth]) => ({ name, file: path.join(media, 'videos', name), made: false, truth }))
}

/** Frame numbers of the cuts PySceneDetect's detectors (default settings) gave on a clip, by detector. */
export function knownPeerCuts(clip: string): Map<string, number[]> {
  const folder = path.join(media, 'shots/peer-cuts')
  const ending = '.default.json'
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.startsWith(`${clip}.`) && file.endsWith(ending)) : []
  const cutsIn = (file: string): number[] => z.object({ cuts: z.array(z.number()) }).parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).cuts
  return new Map(files.map((file) => [file.slice(clip.length + 1, -ending.length), cutsIn(file)]))
}
