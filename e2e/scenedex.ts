import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { z } from 'zod'

/** The product as a person starts it: the built command line. */
const programPath = path.join(import.meta.dirname, '..', 'out', 'cli.js')

export interface Finished { code: number | null, signal: NodeJS.Signals | null, stdout: string, stderr: string }

export interface Started { child: ChildProcess, finished: Promise<Finished> }

/** Starts the command line with these arguments, without a terminal. */
export function startScenedex(args: string[], env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [programPath, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => { resolve({ code, signal, stdout, stderr }) })
  })
  return { child, finished }
}

/** Runs one command to its end. */
export function scenedex(args: string[], env: Record<string, string> = {}): Promise<Finished> {
  return startScenedex(args, env).finished
}

/** Runs one command with --json and checks its answer against the contract. */
export async function scenedexJson<Value>(answer: z.ZodType<Value>, args: string[]): Promise<Value> {
  const { stdout, stderr } = await scenedex([...args, '--json'])
  try {
    return answer.parse(JSON.parse(stdout))
  } catch (cause) {
    throw new Error(`scenedex ${args.join(' ')} gave no such answer: ${stdout} ${stderr}`, { cause })
  }
}

/** A folder of its own for a test, with its removal. */
export function temporaryFolder(name: string): { folder: string, remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), `scenedex-${name}-`))
  return { folder, remove: () => { rmSync(folder, { recursive: true, force: true }) } }
}
