import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { artifactsOf } from '../store/folder.ts'
import { foundIn, testQueue } from './test-queue.ts'
import type { TestQueue } from './test-queue.ts'
import { STEPS } from './test-stages.ts'

const KILLS = 8
const STEP_MS = 40
// However late the kill comes, there is work left for the runs after it.
const ITEMS_A_RUN = 4

let [calm, killed]: [TestQueue?, TestQueue?] = []
beforeEach(async () => { [calm, killed] = [await testQueue(), await testQueue()] })
afterEach(async () => {
  await calm?.close()
  await killed?.close()
})

const linesOf = (file: string): string[] => existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : []

async function work(queue: TestQueue, journal: string, killAfter: { steps: number, ms: number } | null): Promise<string | null> {
  const script = path.join(import.meta.dirname, 'test-engine-process.ts')
  const child = spawn(process.execPath, [script, queue.library.paths.folder, journal, String(STEP_MS), String(killAfter === null ? Infinity : ITEMS_A_RUN)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (text: Buffer) => { output += text.toString() })
  const closed = once(child, 'close')
  const isOver = (): boolean => child.exitCode !== null
  const before = linesOf(journal).length
  while (killAfter !== null && !isOver() && (!output.includes('working') || linesOf(journal).length < before + killAfter.steps)) {
    await new Promise((resolve) => { setTimeout(resolve, 3) })
  }
  if (killAfter !== null) {
    await new Promise((resolve) => { setTimeout(resolve, killAfter.ms) })
    child.kill('SIGKILL')
  }
  await closed
  // A process that was killed can not have left the queue politely: this one never waits for another.
  expect(output).toMatch(/^working\n/)
  return child.signalCode
}

it('a process that is killed at any moment costs the item in hand and nothing else: the library ends as one that was never disturbed', { timeout: 120_000 }, async () => {
  const [undisturbed, disturbed] = [calm!, killed!]
  const ids = ['A', 'B'].map((title) => {
    undisturbed.add(title)
    return disturbed.add(title)
  })
  const journals = { calm: path.join(undisturbed.folder, 'journal'), killed: path.join(disturbed.folder, 'journal') }
  expect(await work(undisturbed, journals.calm, null)).toBeNull()
  const signals: (string | null)[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    signals.push(await work(disturbed, journals.killed, { steps: kill % 4, ms: Math.random() * STEP_MS }))
  }
  expect(signals).toEqual(Array.from({ length: KILLS }, () => 'SIGKILL'))
  expect(await work(disturbed, journals.killed, null)).toBeNull()

  for (const id of ids) {
    expect(foundIn(disturbed.library.db, id)).toEqual(foundIn(undisturbed.library.db, id))
    expect(readdirSync(artifactsOf(disturbed.library.paths, id)).sort()).toEqual(readdirSync(artifactsOf(undisturbed.library.paths, id)).sort())
  }
  const computed = linesOf(journals.killed)
  expect([...new Set(computed)].sort()).toEqual(linesOf(journals.calm).sort())
  // Two stages work side by side, each with one item in hand.
  expect(computed.length).toBeLessThanOrEqual(ids.length * 2 * STEPS + KILLS * 2)
})
