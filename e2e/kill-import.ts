import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { scenedex, startScenedex } from './scenedex.ts'
import { sharedMedia } from './shared-media.ts'

/** Real videos, each played so many times in a row without re-encoding: long enough to be killed in. */
const sources = [
  { name: 'nasa_13013.mp4', plays: 6 },
  { name: 'testvideo.mp4', plays: 3 },
  { name: 'chaplin.mp4', plays: 8 },
  { name: 'issue-195-aspect-ratio.mp4', plays: 3 },
  { name: 'shuttle10seconds.1080x608.webm', plays: 4 },
]

/** Makes the five videos in `folder` and gives their paths. */
export function makeLongVideos(folder: string): string[] {
  return sources.map(({ name, plays }) => {
    const target = path.join(folder, name)
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-stream_loop', String(plays - 1), '-i', sharedMedia('videos', name), '-map', '0:v:0', '-map', '0:a:0?', '-map', '0:s?', '-c', 'copy', target])
    return target
  })
}

/** Everything in a library that was computed, without ids and times of day: two imports of the same videos must give the same. */
export function libraryContent(folder: string): Record<string, unknown[]> {
  const database = new Database(path.join(folder, 'library.sqlite'), { readonly: true })
  try {
    const ask = (sql: string): unknown[] => database.prepare(sql).all()
    return {
      videos: ask('SELECT path, identity, title, state, badges, end_pts, facts FROM video ORDER BY path'),
      stages: ask('SELECT path, stage, stage_run.state, version, progress, chunks FROM stage_run JOIN video ON video.id = video_id ORDER BY path, stage'),
      shots: ask('SELECT path, start_pts, shot.end_pts, transition FROM shot JOIN video ON video.id = video_id ORDER BY path, start_pts'),
      silences: ask('SELECT path, start_pts, silence.end_pts FROM silence JOIN video ON video.id = video_id ORDER BY path, start_pts'),
      scenes: ask('SELECT path, start_pts, scene.end_pts, keyframe_pts, motion, brightness, colours FROM scene JOIN video ON video.id = video_id ORDER BY path, start_pts'),
      segments: ask('SELECT path, source, language, start_seconds, end_seconds, text, words FROM segment JOIN video ON video.id = video_id ORDER BY path, start_seconds, source'),
      words: ask('SELECT path, start_pts, said, scene_words.title FROM scene_words JOIN scene ON scene.id = scene_words.rowid JOIN video ON video.id = video_id ORDER BY path, start_pts'),
    }
  } finally {
    database.close()
  }
}

function bugs(library: string): string {
  const file = path.join(library, 'errors.log')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

export interface KillReport { kills: number, killsInWork: number, runs: number }

/** Imports `videos` into `library` and kills the process (SIGKILL) `kills` times at random moments, then lets it end. */
export async function importWithKills(videos: string[], library: string, options: { kills: number, random: () => number, longestMs: number }): Promise<KillReport> {
  const report: KillReport = { kills: 0, killsInWork: 0, runs: 0 }
  const args = ['import', ...videos, '--library', library]
  while (report.kills < options.kills) {
    const { child, finished } = startScenedex(args)
    report.runs++
    const timer = setTimeout(() => { child.kill('SIGKILL') }, 100 + options.random() * options.longestMs)
    const { signal } = await finished
    clearTimeout(timer)
    report.kills++
    if (signal === 'SIGKILL') report.killsInWork++
  }
  const last = await scenedex(args)
  report.runs++
  if (last.code !== 0) throw new Error(`the last import ended with ${String(last.code)}: ${last.stderr}${bugs(library)}`)
  return report
}
