import { readFileSync } from 'node:fs'
import { npm, run, SetupError } from './step.mjs'

/**
 * A package as a lock file lists it.
 * @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} Locked
 */

/**
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

/** @param {Locked} entry */
function belongsHere({ optional, os, cpu, libc }) {
  if (!optional) return true
  if (os === undefined && cpu === undefined) return false
  return libc === undefined && (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true)
}

/**
 * npm writes what it installed into node_modules/.package-lock.json, last of all. Comparing that with
 * package-lock.json says more than a stamp of our own would: it notices an interrupted or older installation
 * whoever made it, and leaves a good one alone.
 */
export function packagesAreHere() {
  const installed = readLock('node_modules/.package-lock.json')
  const wanted = Object.entries(readLock('package-lock.json')).filter(([folder, entry]) => folder !== '' && belongsHere(entry))
  return wanted.length > 0 && wanted.every(([folder, { version }]) => installed[folder]?.version === version)
}

/** What npm's error code means for the person. */
const REASONS = [
  { sign: /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET/, hint: 'The package registry cannot be reached. Check the network (or `npm config get registry`) and run the same command again.' },
  { sign: /ENOSPC/, hint: 'The disk is full. Make about 1 GB of room and run the same command again.' },
  { sign: /EACCES|EPERM/, hint: 'This folder may not be written to. Clone into a folder of your own and run the same command there.' },
  { sign: /EUSAGE/, hint: 'package.json and package-lock.json disagree. Run: npm install' },
  { sign: /E40[134]/, hint: 'The package registry refused. Look at `npm config get registry` and run the same command again.' },
]

export async function installPackages() {
  // npm would try for minutes on a machine without a network.
  const impatience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']
  const [program, args, options] = npm(['ci', '--prefer-offline', '--no-audit', '--no-fund', ...impatience])
  const { code, output } = await run(program, args, options)
  if (code === 0) return
  const complaint = /^npm error (?!code|errno|syscall|path)(.*\S.*)$/m.exec(output)?.[1] ?? `npm ended with code ${code}.`
  const hint = REASONS.find(({ sign }) => sign.test(output))?.hint ?? 'Run `npm ci` to see all that npm says.'
  throw new SetupError(`The packages could not be installed: ${complaint}`, hint)
}
