import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { z } from 'zod'
import { ModelCard } from '../../electron/contract/models.ts'
import { SearchAnswer } from '../../electron/contract/search.ts'
import { extractArchive, readArchive, smallArchive } from '../asar.ts'
import { temporaryFolder } from '../scenedex.ts'

const repository = path.resolve(import.meta.dirname, '..', '..')
const shared = process.env['SCENEDEX_SHARED'] ?? path.join(repository, '..', 'shared')
const MiB = 2 ** 20
/** Measured 2026-11-21 from an empty out/: 70 MiB, of which ONNX Runtime is 44 and libvips 18. Old builds in out/ add half a MiB each. */
const LARGEST_MIB = 100

let failures = 0
function expect(what: string, isSo: boolean, found: unknown = ''): void {
  if (!isSo) failures += 1
  console.log(`${isSo ? 'ok    ' : 'FAILED'}  ${what}${isSo ? '' : `: ${String(found)}`}`)
}

/** As much of Electron as the packer touches: a program with fuses in their usual states, and its own archive. */
function writeElectron(folder: string): void {
  for (const inside of ['resources', 'locales']) mkdirSync(path.join(folder, inside), { recursive: true })
  for (const language of ['en-US', 'de']) writeFileSync(path.join(folder, 'locales', `${language}.pak`), '')
  const program = Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\ndL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101100011'), Buffer.alloc(64)])
  writeFileSync(path.join(folder, 'electron'), program, { mode: 0o755 })
  writeFileSync(path.join(folder, 'resources', 'default_app.asar'), smallArchive('index.js', ''))
}

/** One of the scripts of `npm run dist`, as that runs it; throws with all it said when it fails. */
function runScript(script: string, words: string[] = []): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(repository, script), ...words], { cwd: repository, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script} ended with ${String(status)}: ${stdout}${stderr}`)
  return stdout + stderr
}

function pack(folder: string): string {
  const electron = path.join(folder, 'electron')
  writeElectron(electron)
  const { version } = JSON.parse(readFileSync(path.join(repository, 'node_modules/electron/package.json'), 'utf8')) as { version: string }
  const settings = { electronDist: electron, electronVersion: version, 'directories.output': path.join(folder, 'dist') }
  const words = ['--dir', '--linux', '--publish', 'never', ...Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`)]
  process.stdout.write(runScript('native/packaging/whisper.mjs'))
  runScript('node_modules/electron-builder/cli.js', words)
  return path.join(folder, 'dist', 'linux-unpacked')
}

async function checkFuses(program: string): Promise<void> {
  const wire = await getCurrentFuseWire(program)
  const [on, off] = [FuseState.ENABLE, FuseState.DISABLE]
  const wanted = [
    [FuseV1Options.RunAsNode, off], [FuseV1Options.EnableNodeOptionsEnvironmentVariable, off], [FuseV1Options.EnableNodeCliInspectArguments, off],
    [FuseV1Options.EnableCookieEncryption, on], [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, on], [FuseV1Options.OnlyLoadAppFromAsar, on],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, off],
  ] as const
  for (const [fuse, state] of wanted) expect(`fuse ${FuseV1Options[fuse]} is ${FuseState[state]}`, wire[fuse] === state, wire[fuse])
}

function checkLayout(archive: string): void {
  const files = readArchive(archive)
  const names = [...files.keys()]
  const { arch, platform } = process
  for (const name of ['package.json', 'out/desktop.js', 'out/engine.js', 'out/preload.cjs', 'out/renderer/index.html', 'out/workers/inference.js', 'out/workers/search.js', 'resources/icons/512.png', 'resources/icons/64.png']) {
    expect(`${name} is inside`, files.get(name)?.isUnpacked === false)
  }
  const native = names.filter((name) => /\.(node|dll|dylib|so)$|\.so\./.test(name))
  const packed = native.filter((name) => files.get(name)?.isUnpacked !== true)
  expect(`all ${native.length} native files lie beside the archive`, packed.length === 0, packed.join(', '))
  const own = ['better-sqlite3', 'sqlite-vec-', 'onnxruntime_binding', 'libonnxruntime', 'sharp-linux', 'libvips']
  for (const part of own) expect(`${part} is there`, native.some((name) => name.includes(part)))
  const foreign = native.filter((name) => !name.includes(platform) || !name.includes(arch) || name.includes('musl'))
  expect(`none of them is for another machine than ${platform}-${arch}`, foreign.length === 0, foreign.join(', '))
  const strays = names.filter((name) => /(^|\/)node-(linux|win|darwin)-|[.]test[.]|(^|\/)test-|^(e2e|electron|renderer|native)\/|[.]map$|node_modules\/(electron|react|vite|playwright)/.test(name))
  expect('no Node, source or test is inside', strays.length === 0, strays.slice(0, 5).join(', '))
  const MiBs = [...files.values()].reduce((sum, { bytes }) => sum + bytes, 0) / MiB
  expect(`it has ${MiBs.toFixed(1)} MiB in ${names.length} files, beside Electron`, MiBs < LARGEST_MIB)
  console.log(`        archive ${(statSync(archive).size / MiB).toFixed(1)} MiB`)
}

/** whisper-cli beside the app, where it was built; what it is started with must be what it was built for. Null where it is not. */
function checkWhisper(resources: string): string | null {
  const folder = path.join(resources, 'whisper')
  if (!existsSync(folder)) {
    console.log('skipped whisper-cli: it could not be built here, and the app comes without')
    return null
  }
  expect('whisper-cli comes with its licence and nothing else', readdirSync(folder).sort().join() === 'LICENSE,whisper-cli', readdirSync(folder).join())
  const program = path.join(folder, 'whisper-cli')
  const { status, stdout, stderr } = spawnSync(program, ['--help'], { cwd: folder, encoding: 'utf8' })
  expect('whisper-cli starts', status === 0 && `${stdout}${stderr}`.includes('--output-json-full'), `${String(status)} ${stderr}`)
  const needs = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout
  expect('it needs nothing but the C library', !/stdc\+\+|libgcc|libgomp|libggml|libwhisper/.test(needs), needs)
  console.log(`        whisper-cli ${(statSync(program).size / MiB).toFixed(1)} MiB`)
  return program
}

/** The command line of the packed files, run by plain Node on a library of its own. */
type Packed = (words: string[]) => { status: number | null, said: string, stdout: string }

function answerOf<Value>(shape: z.ZodType<Value>, { status, said, stdout }: ReturnType<Packed>): Value | null {
  if (status === 0) return shape.parse(JSON.parse(stdout))
  console.log(said)
  return null
}

/** Takes in a model from ../shared/models, which tries it out. */
function checkModel(what: string, packed: Packed, name: string): void {
  const taken = answerOf(ModelCard, packed(['models', 'import', path.join(shared, 'models', name), '--json']))
  const wasTried = taken?.state.kind === 'installed' && taken.state.measures.some(({ itemsPerSecond }) => itemsPerSecond !== null)
  expect(what, wasTried, JSON.stringify(taken?.state))
}

/** The inference worker and ONNX Runtime of the packed files make vectors of a real video, and find it by what it shows. */
function checkPictures(packed: Packed): void {
  checkModel('the packed inference worker runs a model', packed, 'picture-text-standin')
  const imported = packed(['import', path.join(shared, 'media', 'videos', 'rabbit320.mp4'), '--wait', '--json'])
  expect('it looks at a video with it', imported.status === 0, imported.said)
  const found = answerOf(SearchAnswer, packed(['search', 'a white rabbit on a table', '--json']))
  const hits = found === null ? [] : [...found.hits, ...found.nearest]
  expect('and compares a text with its pictures', hits.some(({ reasons }) => reasons.some(({ kind }) => kind === 'seen')), JSON.stringify(found))
}

/** The packed files alone, started by plain Node: everything that is imported is there, and native parts load from their places. */
function checkRuns(archive: string, folder: string, whisper: string | null): void {
  const alone = path.join(folder, 'alone')
  extractArchive(archive, alone)
  // Electron tells the app where its resources are; plain Node has to be told.
  const env = { ...process.env, ...whisper === null ? {} : { SCENEDEX_WHISPER_CLI: whisper } }
  const packed: Packed = (words) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(alone, 'out', 'cli.js'), ...words, '--library', path.join(folder, 'library')], { cwd: folder, env, encoding: 'utf8' })
    return { status, stdout, said: `${stdout}${stderr}` }
  }
  const demo = packed(['demo'])
  expect('the packed engine imports, searches and exports', demo.status === 0, demo.said)
  if (!existsSync(path.join(shared, 'models'))) {
    console.log('skipped models: ../shared/models is not there')
    return
  }
  checkPictures(packed)
  if (whisper !== null) checkModel('the packed whisper-cli runs a model', packed, 'whisper')
}

/**
 * What an installed copy will hold, without Electron's binary: `npm run soak -- package`. Needs a build and no network; packs for
 * Linux, whatever this machine is.
 */
export async function run(): Promise<void> {
  const { folder, remove } = temporaryFolder('package')
  try {
    const unpacked = pack(folder)
    const archive = path.join(unpacked, 'resources', 'app.asar')
    checkLayout(archive)
    await checkFuses(path.join(unpacked, 'scenedex'))
    checkRuns(archive, folder, checkWhisper(path.join(unpacked, 'resources')))
    if (failures > 0) process.exitCode = 1
  } finally {
    remove()
  }
}
