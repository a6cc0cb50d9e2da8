import { rm } from 'node:fs/promises'
import type { ModelState } from '../../../contract/models.ts'
import { AppError } from '../../errors.ts'
import type { InstallJob } from './install-job.ts'
import { createJob } from './install-job.ts'
import { installModel, stagingFolder } from './install-model.ts'
import type { InstallRequest } from './install-model.ts'
import type { InstallTools } from './install-tools.ts'
import { refuseWhileHeld, withModel } from './model-lock.ts'

/** The installs of a process. */
export interface Installs {
  states(): ReadonlyMap<string, ModelState>
  /**
   * Installs models one after the other, the last of which is the one that was asked for. Who asks for what is under way waits for that. Resolves when
   * it is installed; who stops waiting stops nothing.
   */
  install(requests: readonly InstallRequest[], waiting: AbortSignal): Promise<void>
  /** Stops an install, and those that were begun for it, and waits until nothing is written any more. Throws LIBRARY_BUSY for one of another process, USAGE. */
  cancel(id: string, options: { discard: boolean, signal: AbortSignal }): Promise<void>
  close(): Promise<void>
}

export interface InstallsOptions {
  tools: InstallTools
  /** Something is different that is shown. */
  onChange: () => void
  /** A model is installed. */
  onInstalled: () => Promise<void>
}

function stopped(): AppError {
  return new AppError('CANCELLED', { message: 'The install was stopped.', hint: 'What was fetched is kept: installing it again goes on from there.' })
}

/** Resolves or rejects with the work, or rejects when nobody waits any more. */
async function whileWaiting(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  let leave: () => void = () => undefined
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => { reject(signal.reason instanceof Error ? signal.reason : stopped()) }
    signal.addEventListener('abort', leave, { once: true })
  })
  try {
    await Promise.race([work, left])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}

/** Lets one after the other work, in the order in which they came. */
function createTurns(): (work: () => Promise<void>, signal: AbortSignal) => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  return async (work, signal) => {
    const before = last
    let done: () => void = () => undefined
    const through = new Promise<void>((resolve) => { done = resolve })
    // Who waited in vain does not let the next one in before it is its turn.
    last = before.then(() => through)
    try {
      await whileWaiting(before, signal)
      await work()
    } finally {
      done()
    }
  }
}

async function stop(job: InstallJob | undefined): Promise<void> {
  job?.stop.abort(stopped())
  await job?.ended.catch(() => undefined)
}

/** Installs models one at a time, whoever waits for them, until they are stopped. */
export function createInstalls({ tools, onChange, onInstalled }: InstallsOptions): Installs {
  const jobs = new Map<string, InstallJob>()
  const inTurn = createTurns()

  const run = async (request: InstallRequest, job: InstallJob, before: readonly InstallJob[]): Promise<void> => {
    const { signal } = job.stop
    try {
      await inTurn(async () => {
        for (const one of before) await one.ended
        await installModel(request, { tools, progress: job.progress }, signal)
      }, signal)
    } finally {
      jobs.delete(request.spec.id)
    }
    await onInstalled()
  }
  const start = (request: InstallRequest, { before, own }: { before: readonly InstallJob[], own: readonly InstallJob[] }): InstallJob => {
    const job = createJob(() => tools.clock.monotonic(), onChange)
    jobs.set(request.spec.id, job)
    // What is needed for this one only is of no use without it.
    job.stop.signal.addEventListener('abort', () => { for (const one of own) one.stop.abort(stopped()) }, { once: true })
    job.ended = run(request, job, before).finally(onChange)
    job.ended.catch(() => undefined) // who waits is told; where nobody waits it stands in the journal
    return job
  }
  return {
    states: () => new Map([...jobs].map(([id, job]) => [id, job.state()])),
    install: async (requests, waiting) => {
      const before: InstallJob[] = []
      const own: InstallJob[] = []
      for (const request of requests) {
        const known = jobs.get(request.spec.id)
        const job = known ?? start(request, { before: [...before], own: [...own] })
        before.push(job)
        if (known === undefined) own.push(job)
      }
      onChange()
      const last = before.at(-1)
      if (last !== undefined) await whileWaiting(last.ended, waiting)
    },
    cancel: async (id, { discard, signal }) => {
      const staging = stagingFolder(tools.folder, id)
      if (!jobs.has(id)) refuseWhileHeld(tools.db, id, tools.clock.now())
      await stop(jobs.get(id))
      if (!discard) return
      const work = (): Promise<void> => rm(staging, { recursive: true, force: true })
      await withModel(id, tools, { work, signal })
    },
    close: async () => { await Promise.all([...jobs.values()].map(stop)) },
  }
}
