import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus, homedir } from 'node:os'
import path from 'node:path'

/** The release of whisper.cpp that nodejs-whisper 0.3.1 carries. */
export const WHISPER_VERSION = '1.9.1'

export const WHISPER_PROGRAM = process.platform === 'win32' ? 'whisper-cli.exe' : 'whisper-cli'

/**
 * One program without libraries of its own beside it, for exactly this processor: without its vector instructions it takes
 * five to ten times as long. OpenMP is off as its library need not be there where the compiler was.
 */
export const WHISPER_BUILD = [
  '-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=OFF', '-DGGML_NATIVE=ON', '-DGGML_OPENMP=OFF', '-DGGML_CCACHE=OFF',
  '-DWHISPER_BUILD_TESTS=OFF', '-DWHISPER_BUILD_SERVER=OFF', '-DWHISPER_BUILD_EXAMPLES=ON',
]

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
 * The folder that set-up puts whisper.cpp into: outside of node_modules, so that it outlives an `npm ci` and serves every
 * clone; another version, other options and another processor (a home on a network) have another one.
 */
export function whisperFolder() {
  const built = createHash('sha256').update([...WHISPER_BUILD, processor()].join('\n')).digest('hex').slice(0, 8)
  return path.join(cacheFolder(), 'scenedex', `whisper.cpp-${WHISPER_VERSION}-${process.platform}-${process.arch}-${built}`)
}
