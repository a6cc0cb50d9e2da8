import { execFileSync } from 'node:child_process'
import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Started } from '../../scenedex.ts'
import { isPassing } from './whole.ts'

export const VICTIMS = ['only ffmpeg', 'only node', 'both'] as const
export type Victim = (typeof VICTIMS)[number]

/** Processes that a process has started, by their ids. */
function childrenOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => line.trim().split(/\s+/).map(Number)).flatMap(([child, parent]) => child !== undefined && parent === pid ? [child] : [])
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function killNow(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
}

/** True as soon as something in the folder gets a final name. */
function untilNamed(folder: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_, name) => { if (name !== null && !isPassing(name)) end() })
    const end = (): void => {
      watcher.close()
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
}

/** When to kill: after so many milliseconds, or the moment a file gets its name. */
export type Moment = number | 'when it is named'

/** Kills and gives the ids of the programs that were running then, some of which may live on. */
export async function killAt({ child, finished }: Started, { moment, victim, folder }: { moment: Moment, victim: Victim, folder: string }): Promise<number[]> {
  const over = new AbortController()
  const ended = finished.then(() => { over.abort() })
  await Promise.race([moment === 'when it is named' ? untilNamed(folder, over.signal) : sleep(moment), ended])
  const { pid } = child
  if (pid === undefined) return []
  let programs = childrenOf(pid)
  // Between two of them there is none.
  while (victim === 'only ffmpeg' && programs.length === 0 && !over.signal.aborted) {
    await Promise.race([sleep(10), ended])
    programs = childrenOf(pid)
  }
  if (victim !== 'only ffmpeg') child.kill('SIGKILL')
  if (victim !== 'only node') for (const program of programs) killNow(program)
  return programs
}
