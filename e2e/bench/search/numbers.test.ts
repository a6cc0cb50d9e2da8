import { expect, it } from 'vitest'
import type { Measured } from './asked.ts'
import { dot, keepBest, recall } from './exact.ts'
import { barsOf } from './report.ts'
import { measured, timesOf } from './times.ts'

it('half of all are under p50, nineteen in twenty under p95', () => {
  const milliseconds = Array.from({ length: 101 }, (_, at) => 100 - at)
  expect(timesOf(milliseconds)).toEqual({ p50: 50, p95: 95, p99: 99 })
})

it('each is measured once, after the first three were done once before', async () => {
  const done: number[] = []
  expect((await measured([1, 2, 3, 4], (item) => { done.push(item) })).clock).toHaveLength(4)
  expect(done).toEqual([1, 2, 3, 1, 2, 3, 4])
})

it('the best are kept in order', () => {
  const best: number[] = []
  for (const value of [0.3, 0.9, 0.1, 0.5, 0.9]) keepBest(best, value, 3)
  expect(best).toEqual([0.9, 0.9, 0.5])
})

it('recall is the share of ten that are as near as the true tenth', () => {
  const found = [0.9, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.699_999, 0.6].map((similarity) => ({ similarity }))
  expect(recall(found, 0.7)).toBe(0.9)
  expect(dot(Float32Array.of(1, 2, 3, 4), Float32Array.of(1, 1, 1, 2))).toBe(14)
})

const same = (value: number): Measured['atRest']['clock'] => ({ p50: value, p95: value, p99: value })
const both = (value: number): Measured['atRest'] => ({ clock: same(value), processor: same(value) })
const good: Measured = {
  readySeconds: 1, bytesAScene: { process: 150, index: 150 }, fixedBytes: 1e8, times: [{ name: 'fused', times: same(25) }], atRest: both(25), duringImport: both(40), imported: 1000, load: 1,
  recall: 1, recallOfFew: 0.99,
  sqliteVec: { builtSeconds: 1, float: same(300), floatOfFew: same(30), bits: same(50), bitsRecall: 0.9 }, floor: 10,
}
const met = (change: Partial<Measured>, scenes = 1_000_000): boolean[] =>
  barsOf({ scenes, buildSeconds: 1, diskBytes: 1, measured: { ...good, ...change } }).map(({ isMet }) => isMet)

it('a bar is met or not by what was measured; memory of the process is one from 100,000 scenes on, two are for a million scenes only', () => {
  expect(met({})).toEqual([true, true, true, true, true, true, true])
  expect(met({}, 10_000)).toEqual([true, true, true, true])
  expect(met({ recall: 0.98, duringImport: both(51), bytesAScene: { process: 251, index: 250 } })).toEqual([false, true, false, true, false, true, true])
  expect(met({ times: [{ name: 'fused', times: same(31) }] })).toEqual([true, true, true, true, true, false, false])
})
