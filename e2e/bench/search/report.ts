import { verdict } from '../inference/costs.ts'
import type { Measured } from './asked.ts'
import { FUSED } from './questions-asked.ts'

/** What was measured of a library of so many scenes. */
export interface OfSize { scenes: number, buildSeconds: number, diskBytes: number, measured: Measured }

type Times = Measured['atRest']['clock']

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`.padStart(9)
}

function row(name: string, { p50, p95, p99 }: Times): string {
  return `  ${name.padEnd(36)}${[p50, p95, p99].map(milliseconds).join('')}`
}

function sizeName(scenes: number): string {
  return scenes.toLocaleString('en')
}

/** What was measured, as lines for a person. */
export function linesOf({ scenes, buildSeconds, diskBytes, measured }: OfSize): string[] {
  const { sqliteVec } = measured
  return [
    `\n${sizeName(scenes)} scenes: made in ${buildSeconds.toFixed(0)} s, ${(diskBytes / 1e9).toFixed(2)} GB on disk (${(diskBytes / scenes).toFixed(0)} bytes a scene)`,
    `  ready to search after ${measured.readySeconds.toFixed(1)} s, ${measured.bytesAScene.process.toFixed(0)} bytes of memory a scene, ${measured.bytesAScene.index.toFixed(0)} as the index counts them; ${(measured.fixedBytes / 1e6).toFixed(0)} MB for libraries of any size`,
    `  ${''.padEnd(36)}${['p50', 'p95', 'p99'].map((name) => name.padStart(9)).join('')}`,
    ...measured.times.map(({ name, times }) => row(name, times)),
    row('sqlite-vec, float32', sqliteVec.float),
    row('sqlite-vec, float32, 1 %', sqliteVec.floatOfFew),
    row('sqlite-vec, bits and float32', sqliteVec.bits),
    row('fused, at rest, in turn with', measured.atRest.clock),
    row(`fused, while ${sizeName(measured.imported)} scenes come`, measured.duringImport.clock),
    row('  at rest, time of a processor', measured.atRest.processor),
    row('  meanwhile, time of a processor', measured.duringImport.processor),
    `  load of the machine meanwhile: ${measured.load.toFixed(1)}`,
    `  reading the bytes of the index once  ${milliseconds(measured.floor)}`,
    `  recall@10: ${measured.recall.toFixed(3)}, of 1 %: ${measured.recallOfFew.toFixed(3)}; sqlite-vec by bits ${sqliteVec.bitsRecall.toFixed(3)} (tables built in ${sqliteVec.builtSeconds.toFixed(0)} s)`,
  ]
}

/** A bar: what is to be so, what was measured, and whether it is so. */
export interface Bar { text: string, isMet: boolean }

const MILLION = 1_000_000
// In smaller libraries the memory of a process comes and goes by more than all scenes take.
const COUNTABLE = 100_000
// A library is called one of a million scenes from here on: the last video may be a little shorter.
const NEARLY = 0.99

/** The bars of a library; some are for a million scenes only. */
export function barsOf({ scenes, measured }: OfSize): Bar[] {
  const { recall, recallOfFew, duringImport, atRest, bytesAScene, sqliteVec, floor } = measured
  const fused = measured.times.find(({ name }) => name === FUSED)!.times.p95
  const slower = duringImport.clock.p95 / atRest.clock.p95
  const busier = duringImport.processor.p95 / atRest.processor.p95
  const bars: Bar[] = [
    { text: `recall@10 >= 0.99: ${recall.toFixed(3)}`, isMet: recall >= 0.99 },
    { text: `recall@10 of the 1 % that a filter keeps >= 0.99: ${recallOfFew.toFixed(3)}`, isMet: recallOfFew >= 0.99 },
    { text: `p95 during an import <= 2 x p95 at rest: ${slower.toFixed(2)} x (by the time of a processor ${busier.toFixed(2)} x)`, isMet: slower <= 2 },
    { text: `memory, as the index counts it, <= 250 bytes a scene: ${bytesAScene.index.toFixed(0)}`, isMet: bytesAScene.index <= 250 },
  ]
  if (scenes >= COUNTABLE) bars.push({ text: `memory of the process, beyond what any library takes, <= 250 bytes a scene: ${bytesAScene.process.toFixed(0)}`, isMet: bytesAScene.process <= 250 })
  if (scenes < MILLION * NEARLY) return bars
  return [
    ...bars,
    { text: `fused p95 <= 1/10 of sqlite-vec float32's: ${(fused / sqliteVec.float.p95).toFixed(3)}`, isMet: fused <= sqliteVec.float.p95 / 10 },
    { text: `fused p95, without encoding, <= 3 x reading the index once: ${(fused / floor).toFixed(1)} x`, isMet: fused <= 3 * floor },
  ]
}

/** The bars as lines for a person. */
export function barLines(bars: readonly Bar[]): string[] {
  return bars.map(({ text, isMet }) => `  bar: ${text}: ${verdict(isMet)}`)
}
