import Database from 'better-sqlite3'
import { getLoadablePath } from 'sqlite-vec'
import sharp from 'sharp'
import { z } from 'zod'
import type { DoctorLine } from '../electron/contract/doctor.ts'
import { AppError } from '../electron/core/errors.ts'
import type { Diagnosis } from '../electron/core/ports.ts'
import type { FfmpegTools } from './ffmpeg/locate.ts'
import { OLDEST_FFMPEG, locateTools, toolVersions } from './ffmpeg/locate.ts'
import { runToEnd } from './ffmpeg/process.ts'
import { whisperVersion } from './whisper/locate.ts'

/** What an export writes with. */
const ENCODERS = ['libx264', 'aac']

function isAtLeast(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0
}

async function missingEncoders(tools: FfmpegTools): Promise<string[]> {
  const { stdout } = await runToEnd({ program: tools.ffmpeg, args: ['-hide_banner', '-encoders'], signal: AbortSignal.timeout(10_000) })
  const listed = stdout.toString('utf8')
  return ENCODERS.filter((name) => !new RegExp(`^ [A-Z.]{6} ${name} `, 'm').test(listed))
}

async function ffmpegLine(): Promise<DoctorLine> {
  const tools = locateTools()
  const { ffmpeg, ffprobe, path } = await toolVersions(tools)
  const found = `ffmpeg ${ffmpeg}, ffprobe ${ffprobe}, ${path}`
  if (![ffmpeg, ffprobe].every((version) => version === 'unknown' || isAtLeast(version, OLDEST_FFMPEG))) {
    return { name: 'ffmpeg', state: 'broken', found, hint: `It must be ${OLDEST_FFMPEG} or newer. SCENEDEX_FFMPEG and SCENEDEX_FFPROBE can point to others.` }
  }
  const missing = await missingEncoders(tools)
  if (missing.length > 0) return { name: 'ffmpeg', state: 'broken', found, hint: `It was built without ${missing.join(' and ')}: clips can not be written.` }
  return { name: 'ffmpeg', state: 'ok', found, hint: '' }
}

function sqliteLine(): DoctorLine {
  const database = new Database(':memory:')
  try {
    database.loadExtension(getLoadablePath().replace('app.asar', 'app.asar.unpacked'))
    const row = z.object({ sqlite: z.string(), vec: z.string() }).parse(database.prepare('SELECT sqlite_version() AS sqlite, vec_version() AS vec').get())
    return { name: 'library', state: 'ok', found: `SQLite ${row.sqlite}, sqlite-vec ${row.vec}`, hint: '' }
  } finally {
    database.close()
  }
}

// Only a speech model needs it: where it is missing, all else works.
async function whisperLine(): Promise<DoctorLine> {
  const name = 'whisper-cli'
  try {
    const { version, path } = await whisperVersion()
    return { name, state: 'ok', found: `whisper.cpp ${version}, ${path}`, hint: '' }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'TOOL_MISSING') throw error
    return { name, state: 'optional', found: 'none', hint: `Speech models need it. ${error.hint}` }
  }
}

// Whatever is wrong with one part is a line of the report and no reason to stop.
async function lineOf(name: string, look: () => DoctorLine | Promise<DoctorLine>): Promise<DoctorLine> {
  try {
    return await look()
  } catch (error) {
    const isMissing = error instanceof AppError && error.code === 'TOOL_MISSING'
    return { name, state: isMissing ? 'missing' : 'broken', found: error instanceof Error ? error.message : String(error), hint: error instanceof AppError ? error.hint : 'Run "npm start" to set up again.' }
  }
}

/** Node, ffmpeg, SQLite, the picture library and whisper.cpp, as they really answer here. */
export const diagnosis: Diagnosis = {
  programs: async () => [
    { name: 'node', state: 'ok', found: `${process.versions.node}, ${process.platform} ${process.arch}`, hint: '' },
    await lineOf('ffmpeg', ffmpegLine),
    await lineOf('library', sqliteLine),
    await lineOf('pictures', () => ({ name: 'pictures', state: 'ok', found: `sharp ${sharp.versions.sharp}`, hint: '' })),
    await lineOf('whisper-cli', whisperLine),
  ],
}
