import { performance } from 'node:perf_hooks'
import { spawn } from 'node:child_process'

/** Why set-up cannot go on, in one line, and what the person can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   */
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

/**
 * One plain line: what is being done, and once it is done, the time it took.
 * @template Result
 * @param {string} what
 * @param {() => Promise<Result>} work
 */
export async function step(what, work) {
  const started = performance.now()
  process.stdout.write(`set-up: ${what} ... `)
  try {
    const result = await work()
    process.stdout.write(`${seconds(started)}\n`)
    return result
  } catch (error) {
    process.stdout.write('failed\n')
    throw error
  }
}

/** @param {number} started */
export function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}

/**
 * Runs a program to its end and gives its exit code with all it said. Nobody is asked anything: stdin is closed.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, minutes?: number, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { env, minutes = 15, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      timeout: minutes * 60_000,
      windowsHide: true,
      shell,
    })
    let output = ''
    const keep = (/** @type {Buffer} */ part) => { output += part.toString('utf8') }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => { resolve({ code: 127, output: error.message }) })
    child.on('close', (code) => { resolve({ code: code ?? 255, output }) })
  })
}

/**
 * npm itself, the one that started this script if it was one. On Windows it is a script, which only a shell starts.
 * @param {string[]} args
 * @returns {[string, string[], { shell: boolean }]}
 */
export function npm(args) {
  const script = process.env['npm_execpath']
  if (script !== undefined && /npm-cli\.c?js$/.test(script)) return [process.execPath, [script, ...args], { shell: false }]
  return ['npm', args, { shell: process.platform === 'win32' }]
}
