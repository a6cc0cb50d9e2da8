// Asked by set-up in a process of its own, since it needs a newer Node than set-up may have been started with:
// are ffmpeg and ffprobe here? The answer comes from the same code that the product finds them with.
import { AppError } from '../../electron/core/errors.ts'
import { locateTools, OLDEST_FFMPEG, toolVersions } from '../ffmpeg/locate.ts'

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0
}

async function lookAtTools(): Promise<{ found: string } | { problem: string }> {
  try {
    const tools = locateTools()
    const versions = await toolVersions(tools)
    for (const [name, version] of [['ffmpeg', versions.ffmpeg], ['ffprobe', versions.ffprobe]] as const) {
      // A build without a release number is somebody's own and newer than any distribution's.
      if (version !== 'unknown' && isOlder(version, OLDEST_FFMPEG)) return { problem: `${name} ${version} is older than ${OLDEST_FFMPEG}.` }
    }
    return { found: `ffmpeg ${versions.ffmpeg}` }
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message }
    throw error
  }
}

process.stdout.write(JSON.stringify(await lookAtTools()))
