import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Electron's own program, or why there is none. */
export type ElectronProgram = { program: string } | { why: string }

export interface ElectronOptions {
  /** node_modules/electron, or where it would be. */
  packageFolder: string
  /** How long the fetching of the program may take. */
  limitMs: number
  now?: number
}

// Where the network is closed each try takes up to a minute, and nobody opens it within a day.
const TRY_AGAIN_MS = 24 * 3_600_000

function fetched(packageFolder: string): string | null {
  const stated = path.join(packageFolder, 'path.txt')
  if (!existsSync(stated)) return null
  const program = path.join(packageFolder, 'dist', readFileSync(stated, 'utf8').trim())
  return existsSync(program) ? program : null
}

function lastTryMs(mark: string): number {
  return statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Runs a script of Node in silence. Null when it did what it should, else in a few words why not. */
function runQuietly(script: string, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { cwd: path.dirname(script), stdio: 'ignore' })
    const limit = setTimeout(() => {
      child.kill('SIGKILL')
      resolve(`it did not come within ${Math.round(limitMs / 1000)} seconds`)
    }, limitMs)
    const end = (why: string | null): void => { clearTimeout(limit); resolve(why) }
    child.on('error', () => { end('it can not be fetched') })
    child.on('exit', (code) => { end(code === 0 ? null : 'it can not be fetched from here') })
  })
}

/** The program that opens windows: as it is there, or fetched by the package's own installer, once a day at most. */
export async function electronProgram({ packageFolder, limitMs, now = Date.now() }: ElectronOptions): Promise<ElectronProgram> {
  const there = fetched(packageFolder)
  if (there !== null) return { program: there }
  const installer = path.join(packageFolder, 'install.js')
  if (!existsSync(installer)) return { why: 'Electron is not installed' }
  const mark = path.join(packageFolder, '.scenedex-tried')
  if (now - lastTryMs(mark) < TRY_AGAIN_MS) return { why: 'Electron\'s program is not here, and could not be fetched today' }
  const problem = await runQuietly(installer, limitMs)
  const program = fetched(packageFolder)
  if (program !== null) return { program }
  writeFileSync(mark, '')
  return { why: `Electron's program is not here: ${problem ?? 'its package does not hold it'}` }
}

/** Runs a program to its end with our own input and output. A code of null: it could not be started. */
export function runInForeground(program: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    // A terminal sends Ctrl-C to both; a supervisor sends its signal to this process only.
    const forward = (signal: NodeJS.Signals): void => { child.kill(signal) }
    process.on('SIGTERM', forward)
    process.on('SIGINT', () => undefined)
    child.on('error', () => { resolve(null) })
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', forward)
      resolve(signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : code ?? 1)
    })
  })
}
