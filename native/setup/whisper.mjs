import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { aptInstall, canUseApt, onPath } from './programs.mjs'
import { npm, run, step } from './step.mjs'
import { ownWhisper, portableWhisper, WHISPER_PROGRAM, WHISPER_VERSION } from './whisper-place.mjs'

// The source of whisper.cpp as npm carries it: it comes from where the packages come from, so that no other host needs to be
// reachable. None of the package's own code is run.
const SOURCE = 'nodejs-whisper@0.3.1'
/** What the registry gave for it on 2026-11-21. */
const SOURCE_SHA512 = 'ceoilUVraRuR5FnNyXpGQT2auAR48Oc3AQBEmkXnVpSn9iN6yVRzQBFCqVTGWbk6Wdi95NhvwXNzFvuR7erLWw=='
const DAY_MS = 24 * 60 * 60_000

/** @typedef {ReturnType<typeof ownWhisper>} Wanted */

/** Why it could not be had. The app works without: subtitles are still read. */
class NoWhisper extends Error {}

/** Trying it again would take as long and end the same. */
class BuildFailed extends NoWhisper {}

/**
 * Throws unless it ended well; the last line it said tells why it did not.
 * @param {string} what
 * @param {{ code: number, output: string }} ended
 * @param {typeof NoWhisper} [Failure]
 */
function demand(what, { code, output }, Failure = NoWhisper) {
  if (code === 0) return
  const lines = output.split(/\r?\n/).map((line) => line.trim()).filter(Boolean)
  const telling = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `exit code ${String(code)}`
  throw new Failure(`${what} failed (${telling.slice(0, 200)})`)
}

/** The command that a person on this system types to get what builds C++. */
function buildToolsCommand() {
  if (process.platform === 'darwin') return 'xcode-select --install && brew install cmake'
  if (process.platform === 'win32') return 'winget install Kitware.CMake Microsoft.VisualStudio.2022.BuildTools'
  if (onPath('dnf') !== undefined) return 'sudo dnf install cmake gcc-c++ make'
  if (onPath('pacman') !== undefined) return 'sudo pacman -S cmake gcc make'
  if (onPath('zypper') !== undefined) return 'sudo zypper install cmake gcc-c++ make'
  if (onPath('apk') !== undefined) return 'sudo apk add cmake g++ make'
  return 'sudo apt-get update && sudo apt-get install -y cmake g++ make'
}

// On Windows cmake itself finds the compiler, which is on no PATH.
function missingBuildTools() {
  if (process.platform === 'win32') return onPath('cmake.exe') === undefined ? ['cmake'] : []
  const hasCompiler = ['c++', 'g++', 'clang++'].some((name) => onPath(name) !== undefined)
  const hasMake = onPath('make') !== undefined
  return [...onPath('cmake') === undefined ? ['cmake'] : [], ...hasCompiler ? [] : ['g++'], ...hasMake ? [] : ['make']]
}

async function ensureBuildTools() {
  const before = missingBuildTools()
  if (before.length > 0 && canUseApt()) await step(`installing what whisper.cpp is built with (apt-get install ${before.join(' ')})`, () => aptInstall(...before))
  const missing = missingBuildTools()
  if (missing.length > 0) throw new NoWhisper(`no ${missing.join(', no ')}; get it with: ${buildToolsCommand()}`)
}

/** @param {string} folder */
async function fetchSource(folder) {
  const [program, args, options] = npm(['pack', SOURCE, '--ignore-scripts', '--prefer-offline', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--pack-destination', folder])
  demand('fetching its source', await run(program, args, options))
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (archive === undefined) throw new NoWhisper('npm gave no source')
  const file = path.join(folder, archive)
  if (createHash('sha512').update(readFileSync(file)).digest('base64') !== SOURCE_SHA512) throw new NoWhisper(`${SOURCE} is not the file it should be`)
  demand('unpacking its source', await run('tar', ['-xzf', file, '-C', folder, 'package/cpp/whisper.cpp']))
  return path.join(folder, 'package', 'cpp', 'whisper.cpp')
}

/**
 * Where the compilers of this system put what they made.
 * @param {string} build
 */
function builtProgram(build) {
  const places = [path.join(build, 'bin', WHISPER_PROGRAM), path.join(build, 'bin', 'Release', WHISPER_PROGRAM)]
  return places.find((file) => existsSync(file))
}

/**
 * Builds beside the place it will have and moves it there when it works: of two set-ups at once, the second finds it there.
 * @param {Wanted} wanted
 * @param {string} work
 */
async function build({ folder, options, runsHere }, work) {
  const source = await fetchSource(work)
  const made = path.join(work, 'build')
  demand('cmake', await run('cmake', ['-S', source, '-B', made, ...options]), BuildFailed)
  const jobs = String(availableParallelism())
  demand('the compiler', await run('cmake', ['--build', made, '--config', 'Release', '--target', 'whisper-cli', '-j', jobs], { minutes: 60 }), BuildFailed)
  const program = builtProgram(made)
  if (program === undefined) throw new NoWhisper('the compiler made no whisper-cli')
  const ready = path.join(work, 'ready')
  mkdirSync(ready)
  copyFileSync(program, path.join(ready, WHISPER_PROGRAM))
  copyFileSync(path.join(source, 'LICENSE'), path.join(ready, 'LICENSE'))
  if (runsHere) demand('whisper-cli', await run(path.join(ready, WHISPER_PROGRAM), ['--version'], { minutes: 1 }))
  try {
    renameSync(ready, folder)
  } catch (error) {
    if (!existsSync(path.join(folder, WHISPER_PROGRAM))) throw error
  }
}

/**
 * What set-ups left that were killed while they built.
 * @param {string} folder
 */
function sweep(folder) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name)
    if (name.startsWith('building-') && Date.now() - statSync(file).mtimeMs > DAY_MS) rmSync(file, { recursive: true, force: true })
  }
}

/**
 * Builds it where it is not here yet, unless that failed before: minutes at every start are too much for that.
 * @param {Wanted} wanted
 */
async function buildOnce(wanted) {
  if (existsSync(path.join(wanted.folder, WHISPER_PROGRAM))) return
  const note = `${wanted.folder}.failed`
  if (existsSync(note)) throw new NoWhisper(`${readFileSync(note, 'utf8')}; delete ${note} to try again`)
  try {
    await buildBeside(wanted)
  } catch (error) {
    if (error instanceof BuildFailed) writeFileSync(note, error.message)
    throw error
  }
}

/** @param {Wanted} wanted */
async function buildBeside(wanted) {
  const parent = path.dirname(wanted.folder)
  mkdirSync(parent, { recursive: true })
  sweep(parent)
  await ensureBuildTools()
  const work = mkdtempSync(path.join(parent, 'building-'))
  try {
    await step(`building whisper.cpp ${WHISPER_VERSION}, which turns speech into text (once on this machine, a few minutes)`, () => build(wanted, work))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** whisper.cpp, built from its source where it is not here yet. Speech without subtitles needs it, nothing else does: set-up goes on without. */
export async function ensureWhisper() {
  const chosen = process.env['SCENEDEX_WHISPER_CLI']
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? 'whisper.cpp of SCENEDEX_WHISPER_CLI' : `no whisper.cpp: SCENEDEX_WHISPER_CLI names ${chosen}, which is not there`
  try {
    await buildOnce(ownWhisper())
    return `whisper.cpp ${WHISPER_VERSION}`
  } catch (error) {
    return `no whisper.cpp: ${error instanceof Error ? error.message : String(error)}`
  }
}

/**
 * The folder of a whisper-cli that an installer brings and its licence, built where it is not here yet; or why there is none.
 * @param {string} arch
 * @returns {Promise<{ folder: string } | { reason: string }>}
 */
export async function ensurePortableWhisper(arch) {
  const wanted = portableWhisper(arch)
  try {
    await buildOnce(wanted)
    return { folder: wanted.folder }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}
