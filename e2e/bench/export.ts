// npm run bench -- export [--clips N] [--only plain,exact,smart,copy]
// Clips of 8 s out of ten minutes of 720p: encoded by plain ffmpeg, and by us as exact, smart and copy, the same ranges in turn in one run.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { ExportChoices, WrittenMode } from '../../electron/contract/export-choices.ts'
import type { ClipLookup } from '../../electron/core/export/clip-lookup.ts'
import type { ExportFfmpeg } from '../../electron/core/export/clip-making.ts'
import { libraryOf, realFfmpeg } from '../../electron/core/export/test-library.ts'
import { locateTools } from '../../native/ffmpeg/locate.ts'
import type { Exported, Span } from './export/contenders.ts'
import { ourExport, plainEncoding } from './export/contenders.ts'
import type { Cost } from '../costs.ts'
import { costOf, sumOf } from '../costs.ts'
import { keyFramesOf, longVideo } from './export/long-video.ts'

const CLIP_SECONDS = 8
const RATE = 30
/** Against plain encoding; of the check against the export it checks; CPU time against wall for two clips at a time. */
const BARS = { smartRandom: 0.65, smartShots: 0.25, copy: 0.05, checking: 0.25, cores: 1.5 }

const tools = locateTools()
const print = (line: string): void => void process.stdout.write(`${line}\n`)

interface Bench { file: string, clips: ClipLookup, ffmpeg: ExportFfmpeg, folder: string }
interface Row { mode: WrittenMode, name: string, plain: Cost[], made: Exported[] }

/** The same numbers in every run (a linear congruential generator, Numerical Recipes). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function randomSpans(count: number): Span[] {
  const random = randomNumbers(6)
  return Array.from({ length: count }, () => {
    const start = Math.round((5 + random() * 580) * RATE) / RATE
    return { start, end: start + CLIP_SECONDS }
  })
}

/** Clips that begin with a shot, which is with a key frame, and end wherever 8 s end. */
function shotSpans(count: number, keyFrames: readonly number[]): Span[] {
  const starts = keyFrames.filter((at) => at > 5 && at < 585)
  return Array.from({ length: Math.min(count, starts.length) }, (_, index) => {
    const start = starts[Math.floor(index * starts.length / count)] ?? 0
    return { start, end: start + CLIP_SECONDS }
  })
}

const choicesOf = (mode: WrittenMode): Partial<ExportChoices> => ({ mode, acceptShift: mode === 'copy' })

async function measureMode(mode: WrittenMode, { ffmpeg, clips, folder }: Bench, span: Span): Promise<Exported> {
  const made = await ourExport({ ffmpeg, clips }, [span], { choices: choicesOf(mode), folder })
  for (const file of made.report.files) {
    if (file.mode !== mode) print(`  ${span.start.toFixed(2)} s: ${mode} became ${file.mode}: ${file.why} ${file.notes.join(' ')}`)
  }
  return made
}

async function measure(name: string, bench: Bench, { spans, modes }: { spans: readonly Span[], modes: readonly WrittenMode[] }): Promise<Row[]> {
  const rows = modes.map((mode): Row => ({ mode, name: `${mode}, ${name}`, plain: [], made: [] }))
  for (const [index, span] of spans.entries()) {
    const plain = await plainEncoding(tools, { ...bench, span })
    const said: string[] = []
    for (const row of rows) {
      const made = await measureMode(row.mode, bench, span)
      row.plain.push(plain)
      row.made.push(made)
      said.push(`${row.mode} ${made.making.wall.toFixed(2)} + ${made.checking.wall.toFixed(2)} s`)
    }
    print(`${name} ${index + 1}/${spans.length} at ${span.start.toFixed(2)} s: plain ${plain.wall.toFixed(2)} s, ${said.join(', ')}`)
  }
  return rows
}

const times = (one: number, other: number): string => `${(one / other).toFixed(3)} x`

interface Ratios { making: number, makingCpu: number, checking: number }

function reportRow({ name, plain, made }: Row): Ratios {
  const [all, making, checking] = [sumOf(plain), sumOf(made.map((one) => one.making)), sumOf(made.map((one) => one.checking))]
  const each = (cost: Cost): string => `${(cost.wall / made.length).toFixed(3)} s (CPU ${(cost.cpu / made.length).toFixed(3)})`
  print(`${name.padEnd(24)} plain ${each(all)}; export ${each(making)} = ${times(making.wall, all.wall)} (CPU ${times(making.cpu, all.cpu)}); its check ${each(checking)} = ${times(checking.wall, making.wall)} of the export`)
  return { making: making.wall / all.wall, makingCpu: making.cpu / all.cpu, checking: checking.wall / making.wall }
}

function bar(words: string, value: number, limit: number): boolean {
  const passes = value <= limit
  print(`${passes ? 'PASS' : 'fail'}  ${words}: ${value.toFixed(3)}, at most ${limit}`)
  return passes
}

async function coresUsed(bench: Bench, spans: readonly Span[]): Promise<number> {
  const cost = await costOf(async () => ourExport(bench, spans, { choices: choicesOf('exact'), folder: bench.folder }))
  print(`\n${spans.length} exact clips in one export: ${cost.wall.toFixed(1)} s, ${cost.cpu.toFixed(1)} CPU s; ${os.availableParallelism()} cores, load ${os.loadavg()[0]?.toFixed(1) ?? '?'}`)
  return cost.cpu / cost.wall
}

function judge(rows: readonly Row[], cores: number | null): void {
  print('')
  const ratios = new Map(rows.map((row) => [row.name, reportRow(row)]))
  print('')
  const check = (words: string, row: string, limit: number): void => {
    const ratio = ratios.get(row)
    if (ratio !== undefined) bar(words, ratio.making, limit)
  }
  check('smart at random points, against plain encoding', 'smart, random', BARS.smartRandom)
  check('smart from shots, against plain encoding', 'smart, shots', BARS.smartShots)
  check('copy from shots, against plain encoding', 'copy, shots', BARS.copy)
  const exact = ratios.get('exact, random')
  if (exact !== undefined) bar('check of exact clips, against their export', exact.checking, BARS.checking)
  if (cores !== null) print(`${cores >= BARS.cores ? 'PASS' : 'fail'}  cores used by two clips at a time: ${cores.toFixed(2)}, at least ${BARS.cores} (less where others work on this machine)`)
}

/** Prints what clips cost in each mode beside a plain encoding of the same range. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { clips: { type: 'string', default: '20' }, only: { type: 'string', default: 'exact,smart,copy' } } })
  const count = Math.max(1, Number(values.clips) || 20)
  const wanted = (mode: WrittenMode): boolean => values.only.split(',').includes(mode)
  const file = await longVideo(tools)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scenedex-bench-'))
  try {
    const bench = { file, clips: await libraryOf(file), ffmpeg: realFfmpeg, folder }
    const random = randomSpans(count)
    const shots = shotSpans(count, await keyFramesOf(tools, file))
    const rows = [
      ...await measure('random', bench, { spans: random, modes: (['exact', 'smart'] as const).filter(wanted) }),
      ...await measure('shots', bench, { spans: shots, modes: (['smart', 'copy'] as const).filter(wanted) }),
    ]
    judge(rows, wanted('exact') ? await coresUsed(bench, random.slice(0, 6)) : null)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
