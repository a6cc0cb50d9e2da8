// Makes a fresh clone ready, then goes on with an npm script. `npm start` and `npm test` call it; it may be run by
// a Node too old for the product (20 is enough), so it uses nothing but Node itself. What is already here is looked
// at, not remembered: a second run finds it all and does nothing.
//
//   node native/setup.mjs [--browser] [--then SCRIPT]
import { spawn } from 'node:child_process'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { chooseNode } from './setup/node.mjs'
import { installPackages, packagesAreHere } from './setup/packages.mjs'
import { ensureBrowser, ensureFfmpeg } from './setup/programs.mjs'
import { npm, seconds, SetupError, step } from './setup/step.mjs'
import { ensureWhisper } from './setup/whisper.mjs'

const FAILED = 4

/** @param {boolean} withBrowser */
async function setUp(withBrowser) {
  const started = performance.now()
  if (!packagesAreHere()) await step('installing the packages (npm ci)', installPackages)
  const node = await chooseNode()
  const ffmpeg = await ensureFfmpeg(node.program)
  const whisper = await ensureWhisper()
  const browser = withBrowser ? [await ensureBrowser()] : []
  process.stdout.write(`set-up: ready (${[`Node ${node.version.slice(1)}`, ffmpeg, whisper, ...browser].join(', ')}) ... ${seconds(started)}\n`)
}

/**
 * A new npm, so that the script finds the Node of the packages first on its PATH: a shell that has already run
 * `node` remembers the old one.
 * @param {string} script
 */
function goOnWith(script) {
  const [program, args, options] = npm(['run', '--silent', script])
  const child = spawn(program, args, { stdio: 'inherit', ...options })
  // Ctrl-C reaches the whole group; this process only waits for the others to end.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => { child.kill('SIGTERM') })
  child.on('error', (error) => { complain(error) })
  child.on('close', (code) => { process.exitCode = code ?? 1 })
}

/** @param {unknown} error */
function complain(error) {
  const message = error instanceof Error ? error.message : String(error)
  const hint = error instanceof SetupError ? error.hint : 'Run the same command again; if it stays, please report this line.'
  process.stderr.write(`set-up: ${message}\n        ${hint}\n`)
  process.exitCode = FAILED
}

const words = process.argv.slice(2)
const next = words.includes('--then') ? words[words.indexOf('--then') + 1] : undefined
process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))))
try {
  await setUp(words.includes('--browser'))
  if (next !== undefined) goOnWith(next)
} catch (error) {
  complain(error)
}
