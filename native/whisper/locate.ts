import { existsSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../electron/core/errors.ts'
import { runToEnd } from '../ffmpeg/process.ts'
import { WHISPER_PROGRAM, whisperFolder } from '../setup/whisper-place.mjs'
import { unfitProgram } from './unfit-program.ts'

function candidates(): string[] {
  const own = process.env['SCENEDEX_WHISPER_CLI']
  if (own !== undefined && own !== '') return [own]
  // Electron alone has it: the folder of what is shipped beside the app.
  const resources: unknown = Reflect.get(process, 'resourcesPath')
  const shipped = typeof resources === 'string' ? [path.join(resources, 'whisper', WHISPER_PROGRAM)] : []
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean).map((folder) => path.join(folder, WHISPER_PROGRAM))
  return [...shipped, path.join(whisperFolder(), WHISPER_PROGRAM), ...onPath]
}

/**
 * The absolute path of the whisper-cli to use: SCENEDEX_WHISPER_CLI, then the app's own, then what set-up built, then PATH.
 * Throws TOOL_MISSING with what a person can do.
 */
export function locateWhisper(): string {
  const found = candidates().find((file) => existsSync(file))
  if (found !== undefined) return path.resolve(found)
  throw new AppError('TOOL_MISSING', {
    message: 'whisper.cpp was not found.',
    hint: 'In a clone "npm start" builds it, where cmake and a C++ compiler are. Anywhere SCENEDEX_WHISPER_CLI can name a whisper-cli.',
  })
}

/** The version as "1.9.1" from what `whisper-cli --version` prints; null when it says none. */
export function parseWhisperVersion(output: string): string | null {
  return /^whisper\.cpp version: (\d+(?:\.\d+)+)/m.exec(output)?.[1] ?? null
}

/** Which whisper.cpp is here. Older ones do not say their version. Throws TOOL_MISSING, also for one that was built for other machines. */
export async function whisperVersion(): Promise<{ version: string, path: string }> {
  const program = locateWhisper()
  // It loads what looks like a part of ggml from its own folder and from the one it runs in: that is not to be one of the person's.
  const { code, stdout, stderr } = await runToEnd({ program, args: ['--version'], signal: new AbortController().signal, folder: path.dirname(program), wallMs: 10_000 })
  const unable = unfitProgram(program, code, stderr.at(-1) ?? '')
  if (unable !== null) throw unable
  return { version: parseWhisperVersion(stdout.toString('utf8')) ?? 'unknown', path: program }
}
