import { cpSync, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Worker } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
import { SearchInput } from '../../electron/contract/search.ts'
import { createApp } from '../../electron/core/app.ts'
import type { App } from '../../electron/core/handlers.ts'
import { isCancel } from '../../electron/core/errors.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedFolder, sharedMedia } from '../shared-media.ts'

const MiB = 2 ** 20
const queries = ['a white rabbit', 'dog', '"the"', 'seen:"a yellow truck"', 'man OR woman', 'music THEN<20s voice', 'nobody said this', 'red ball on grass']
const never = { signal: new AbortController().signal }

const ask = (app: App, at: number, signal = never.signal) => app.handlers['search.query'](SearchInput.parse({ query: `${queries[at % queries.length] ?? ''}${at % 3 === 0 ? ` ${at}` : ''}` }), { signal })

function line(what: string, times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  return `${what}: ${sorted.length} searches, ms: p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`
}

async function timed(app: App, at: number): Promise<number> {
  const begun = performance.now()
  await ask(app, at)
  return performance.now() - begun
}

/** Imports all shared videos and searches all the while. */
async function duringImport(app: App): Promise<void> {
  const files = readdirSync(sharedMedia('videos'), { withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.json')).map(({ name }) => sharedMedia('videos', name))
  const state = { isDone: false }
  const importing = app.handlers['library.import']({ paths: files, fast: false }, never)
    .then(() => app.handlers['jobs.idle']({ videos: [], until: 'done' }, never)).finally(() => { state.isDone = true })
  const times: number[] = []
  let at = 0
  for (; !state.isDone; at++) {
    times.push(await timed(app, at))
    await sleep(50)
  }
  await importing
  console.log(line('during an import', times))
  const rest: number[] = []
  for (const end = at + times.length; at < end; at++) rest.push(await timed(app, at))
  console.log(line('at rest         ', rest))
}

/** What the threads of this process hold, in the order of their start. */
async function heaps(threads: readonly Worker[]): Promise<string> {
  // They keep no process alive, also while this is asked of them.
  const awake = setInterval(() => undefined, 1000)
  const used = await Promise.all(threads.map(async (thread) => (await thread.getHeapStatistics()).used_heap_size / MiB))
  clearInterval(awake)
  return used.map((one) => one.toFixed(0)).join(' and ')
}

async function cancelled(app: App, count: number): Promise<{ stopped: number, answered: number }> {
  const ended = { stopped: 0, answered: 0 }
  const one = async (at: number): Promise<void> => {
    const stop = new AbortController()
    const asked = ask(app, at, stop.signal)
    setTimeout(() => { stop.abort() }, Math.random() * 20)
    try {
      await asked
      ended.answered++
    } catch (error) {
      if (!isCancel(error)) throw error
      ended.stopped++
    }
  }
  for (let at = 0; at < count; at += 10) await Promise.all(Array.from({ length: 10 }, (_, beside) => one(at + beside)))
  return ended
}

/**
 * Searches while everything in ../shared/media/videos is taken in, then 1,000 cancelled searches again and again, with the memory of
 * the process, thread and all, after each: `npm run soak -- search [ROUNDS]`.
 */
export async function run([rounds = '8']: string[]): Promise<void> {
  const models = path.join(sharedFolder, 'models')
  if (!hasSharedMedia || !existsSync(models)) {
    console.log('skipped: the shared media and models are not there')
    return
  }
  const { folder, remove } = temporaryFolder('search')
  for (const name of ['picture-text-standin', 'sentence-standin', 'vad']) cpSync(path.join(models, name), path.join(folder, 'library', 'models', name), { recursive: true })
  const threads = new Set<Worker>()
  process.on('worker', (thread) => {
    threads.add(thread)
    thread.once('exit', () => { threads.delete(thread) })
  })
  const app = await createApp({ folder: path.join(folder, 'library'), access: 'write', tools: realTools(path.join(folder, 'library')) })
  try {
    await duringImport(app)
    for (let round = 1; round <= Number(rounds); round++) {
      const { stopped, answered } = await cancelled(app, 1000)
      const { rss, heapUsed } = process.memoryUsage()
      console.log(`round ${round}: ${stopped} stopped, ${answered} answered; ${(rss / MiB).toFixed(0)} MiB in all, ${(heapUsed / MiB).toFixed(0)} MiB of the engine's own, ${await heaps([...threads])} MiB of its threads`)
    }
  } finally {
    await app.close()
    remove()
  }
}
