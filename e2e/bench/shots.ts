// npm run bench -- shots [--seed 101,102] [--seconds 120]
// Shot detection side by side with ffmpeg's own (and PySceneDetect where its results are known), on made films with
// exact truth and on real clips with hand-checked truth. The rule of scoring is in shots/scoring.ts.
import { parseArgs } from 'node:util'
import { knownPeerCuts, madeFilms, realClips } from './shots/clips.ts'
import { detectAll } from './shots/detect.ts'
import { f1, precision, recall, scoreReports, sumOf } from './shots/scoring.ts'
import type { Clip } from './shots/clips.ts'
import type { Detection } from './shots/detect.ts'
import type { Score, Truth } from './shots/scoring.ts'

/** Seeds that no threshold was chosen on (those were 2 to 7). */
const FRESH_SEEDS = '101,102'

interface Row {
  clip: string
  detector: string
  made: boolean
  score: Score
}

/** Prints the table; the last line says whether the bar is met. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { seed: { type: 'string', default: FRESH_SEEDS }, seconds: { type: 'string', default: '120' } } })
  const films = await madeFilms(values.seed.split(',').map(Number), Number(values.seconds))
  const rows: Row[] = []
  let frames = 0
  let cpu = 0
  for (const clip of [...films, ...realClips()]) {
    const detection = await detectAll(clip.file)
    rows.push(...rowsOf(clip, detection))
    frames += detection.times.length
    cpu += detection.cpuSeconds
  }
  if (rows.length === 0) {
    process.stdout.write('no clips: ../shared/media is absent\n')
    return
  }
  for (const made of [true, false]) {
    for (const detector of ['ours', 'scdet', 'scene>0.3']) {
      rows.push({ clip: made ? 'ALL FILMS' : 'ALL REAL', detector, made, score: totalOf(rows, detector, made) })
    }
  }
  process.stdout.write(`${tableOf(rows)}\n\nour detector: ${((cpu / frames) * 3600).toFixed(2)} CPU s for 3600 frames, without decoding\n${verdict(rows)}\n`)
}

function rowsOf(clip: Clip, { times, reports }: Detection): Row[] {
  const truth = inSeconds(clip, times)
  const all = new Map(reports)
  for (const [name, cuts] of knownPeerCuts(clip.name)) all.set(name, cuts.map((n) => ({ start: times[n] ?? 0, end: times[n] ?? 0, gradual: false })))
  return [...all].map(([detector, found]) => ({ clip: clip.name, detector, made: clip.made, score: scoreReports(truth, found) }))
}

function inSeconds({ truth }: Clip, times: readonly number[]): Truth {
  const at = (frame: number): number => times[Math.min(frame, times.length - 1)] ?? 0
  const spans = (list: readonly { start: number; end: number }[]): Truth['gradual'] => list.map(({ start, end }) => ({ start: at(start), end: at(end) }))
  return { cuts: truth.cuts.map(at), gradual: spans(truth.gradual), ignore: spans(truth.ignore) }
}

function totalOf(rows: readonly Row[], detector: string, made: boolean): Score {
  return sumOf(rows.filter((row) => row.detector === detector && row.made === made).map(({ score }) => score))
}

function tableOf(rows: readonly Row[]): string {
  const head = ['clip', 'detector', 'cuts', 'false', 'precision', 'recall', 'F1', 'gradual', 'false']
  const body = rows.map(({ clip, detector, score }) => [
    clip, detector, `${score.cutsFound}/${score.cuts}`, `${score.falseCuts}`, precision(score).toFixed(3), recall(score).toFixed(3), f1(score).toFixed(3),
    `${score.gradualFound}/${score.gradual}`, `${score.falseGradual}`,
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((cells) => cells[i]?.length ?? 0)))
  return [head, ...body].map((cells) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd()).join('\n')
}

function verdict(rows: readonly Row[]): string {
  const films = totalOf(rows.filter(({ clip }) => !clip.startsWith('ALL')), 'ours', true)
  const real = totalOf(rows.filter(({ clip }) => !clip.startsWith('ALL')), 'ours', false)
  const both = sumOf([films, real])
  const behind = rows.filter((row) => row.detector !== 'ours' && f1(row.score) > f1(oursOn(rows, row.clip)))
  const failures = [
    f1(films) < 0.97 ? `hard cuts on films ${f1(films).toFixed(3)} < 0.97` : '',
    f1(real) < 0.95 ? `hard cuts on real clips ${f1(real).toFixed(3)} < 0.95` : '',
    both.gradualFound < 0.9 * both.gradual ? `gradual ${both.gradualFound} of ${both.gradual} < 90 %` : '',
    ...behind.map(({ clip, detector }) => `${detector} is better on ${clip}`),
  ].filter((failure) => failure !== '')
  return failures.length === 0 ? 'bar met' : `bar NOT met: ${failures.join('; ')}`
}

function oursOn(rows: readonly Row[], clip: string): Score {
  return sumOf(rows.filter((row) => row.detector === 'ours' && row.clip === clip).map(({ score }) => score))
}
