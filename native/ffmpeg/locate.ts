import { existsSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../electron/core/errors.ts'
import { FORMAT_WHITELIST } from './probe/formats.ts'
import { runToEnd } from './process.ts'

export interface FfmpegTools { ffmpeg: string, ffprobe: string }

/** The oldest release with everything that is asked of it (-fps_mode came with 5.1). */
export const OLDEST_FFMPEG = '5.1'

function installCommand(): string {
  switch (process.platform) {
    case 'darwin': return 'brew install ffmpeg'
    case 'win32': return 'winget install Gyan.FFmpeg'
    default: return 'sudo apt-get install ffmpeg'
  }
}

function candidates(name: 'ffmpeg' | 'ffprobe', resourcesFolder: string | null): string[] {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  const own = process.env[`SCENEDEX_${name.toUpperCase()}`]
  if (own !== undefined && own !== '') return [own]
  const bundled = resourcesFolder === null ? [] : [path.join(resourcesFolder, file)]
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean).map((folder) => path.join(folder, file))
  return [...bundled, ...onPath]
}

/**
 * The ffmpeg and ffprobe to use: SCENEDEX_FFMPEG and SCENEDEX_FFPROBE, then the app's own resources, then PATH.
 * Throws TOOL_MISSING with the command that installs them.
 */
export function locateTools(resourcesFolder: string | null = null): FfmpegTools {
  const find = (name: 'ffmpeg' | 'ffprobe'): string => {
    const found = candidates(name, resourcesFolder).find((file) => existsSync(file))
    if (found !== undefined) return found
    throw new AppError('TOOL_MISSING', { message: `${name} was not found.`, hint: `Install it with: ${installCommand()}` })
  }
  return { ffmpeg: find('ffmpeg'), ffprobe: find('ffprobe') }
}

/** The version as "5.1.9" from what `ffmpeg -version` prints; null when it is a build without a number. */
export function parseVersion(output: string): string | null {
  return /^ff(?:mpeg|probe) version n?(\d+(?:\.\d+)+)/.exec(output)?.[1] ?? null
}

/** Asks both programs for their version. */
export async function toolVersions(tools: FfmpegTools): Promise<{ ffmpeg: string, ffprobe: string, path: string }> {
  const ask = async (program: string): Promise<string> => {
    const { stdout } = await runToEnd({ program, args: ['-version'], signal: new AbortController().signal, wallMs: 10_000 })
    return parseVersion(stdout.toString('utf8')) ?? 'unknown'
  }
  return { ffmpeg: await ask(tools.ffmpeg), ffprobe: await ask(tools.ffprobe), path: tools.ffmpeg }
}

/** More pixels than these are never decoded: 8192x8192. */
export const MAX_PIXELS = 67_108_864

/**
 * What every input gets: nothing but this one file is opened, also when a list of other files has taken its place.
 * Outputs are not touched by it, pipes among them.
 */
export const SAFE_INPUT = ['-protocol_whitelist', 'file', '-format_whitelist', FORMAT_WHITELIST, '-max_pixels', String(MAX_PIXELS)]

/** The input as an argument that no file name can turn into an option, a protocol or a pattern. */
export function inputArgument(file: string): string[] {
  return ['-i', `file:${path.resolve(file)}`]
}
