import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus, homedir } from 'node:os'
import path from 'node:path'

/** The release of whisper.cpp that nodejs-whisper 0.3.1 carries. */
export const WHISPER_VERSION = '1.9.1'

export const WHISPER_PROGRAM = process.platform === 'win32' ? 'whisper-cli.exe' : 'whisper-cli'

/**
 * One program without libraries of its own beside it. OpenMP is off as its library need not be there where the compiler was.
 * @param {'ON' | 'OFF'} native for exactly this processor
 */
const buildOptions = (native) => [
  '-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=OFF', `-DGGML_NATIVE=${native}`, '-DGGML_OPENMP=OFF', '-DGGML_CCACHE=OFF',
  '-DWHISPER_BUILD_TESTS=OFF', '-DWHISPER_BUILD_SERVER=OFF', '-DWHISPER_BUILD_EXAMPLES=ON',
]

/** For exactly this processor: without its vector instructions it takes five to ten times as long. */
const OWN_BUILD = buildOptions('ON')

/**
 * What processors of this kind have had for ten years: on x64 what Intel sells since Haswell (2013) and AMD since Excavator (2015),
 * Atom and Celeron since Gracemont (2021). On arm64 what the compiler takes for all of them; for a Mac that is what its first one had.
 * @param {string} arch
 */
const instructionsFor = (arch) => arch === 'x64' ? ['SSE42', 'AVX', 'AVX2', 'BMI2', 'FMA', 'F16C'].map((name) => `-DGGML_${name}=ON`) : []

/**
 * What else it may not count on: the libraries of the compiler are inside, and no newer macOS is asked for than by Electron 45.
 * @param {string} arch
 */
function systemFor(arch) {
  if (process.platform === 'linux') return ['-DCMAKE_EXE_LINKER_FLAGS=-static-libgcc -static-libstdc++']
  if (process.platform === 'darwin') return [`-DCMAKE_OSX_ARCHITECTURES=${arch === 'x64' ? 'x86_64' : 'arm64'}`, '-DCMAKE_OSX_DEPLOYMENT_TARGET=12.0']
  return ['-DCMAKE_POLICY_DEFAULT_CMP0091=NEW', '-DCMAKE_MSVC_RUNTIME_LIBRARY=MultiThreaded']
}

/** Instructions that a compiler uses unasked: a program built with them dies on a processor that lacks one. */
const INSTRUCTIONS = /^(sse|ssse|avx|fma|f16c|bmi|amx|asimd|sve|fphp|i8mm|bf16)/

function processor() {
  const model = cpus()[0]?.model ?? ''
  if (process.platform !== 'linux') return model
  const listed = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? ''
  return [model, ...listed.split(' ').filter((name) => INSTRUCTIONS.test(name)).sort()].join(' ')
}

function cacheFolder() {
  const chosen = process.env['XDG_CACHE_HOME']
  if (chosen !== undefined && path.isAbsolute(chosen)) return chosen
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches')
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData', 'Local')
  return path.join(homedir(), '.cache')
}

/**
 * @param {string} kind
 * @param {string[]} madeOf
 */
function folderFor(kind, madeOf) {
  const key = createHash('sha256').update(madeOf.join('\n')).digest('hex').slice(0, 8)
  return path.join(cacheFolder(), 'scenedex', `whisper.cpp-${WHISPER_VERSION}-${process.platform}-${kind}-${key}`)
}

/**
 * The folder that set-up puts whisper.cpp into: outside of node_modules, so that it outlives an `npm ci` and serves every
 * clone; another version, other options and another processor (a home on a network) have another one.
 */
export function whisperFolder() {
  return folderFor(process.arch, [...OWN_BUILD, processor()])
}

/** What set-up builds: the place, and how. */
export function ownWhisper() {
  return { folder: whisperFolder(), options: OWN_BUILD, runsHere: true }
}

/**
 * What an installer brings: built for any processor of a kind instead of for this one.
 * @param {string} arch as Node names it
 */
export function portableWhisper(arch) {
  const options = [...buildOptions('OFF'), ...instructionsFor(arch), ...systemFor(arch)]
  return { folder: folderFor(`${arch}-portable`, options), options, runsHere: arch === process.arch }
}
