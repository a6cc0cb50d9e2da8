import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { scenedex, startScenedex } from './scenedex.ts'
import type { Started } from './scenedex.ts'
import { sharedMedia } from './shared-media.ts'

/** Real videos, each played so many times in a row without re-encoding: long enough to be killed in. */
const sources = [
  { name: 'nasa_13013.mp4', plays: 6 },
  { name: 'testvideo.mp4', plays: 3 },
  { name: 'chaplin.mp4', plays: 8 },
  { name: 'issue-195-aspect-ratio.mp4', plays: 3 },
  { name: 'shuttle10seconds.1080x608.webm', plays: 4 },
]

/** A real video, played so many times in a row, in `folder`; gives its path. */
export function makeLongVideo(folder: string, name: string, plays: number): string {
  const target = path.join(folder, name)
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-stream_loop', String(plays - 1), '-i', sharedMedia('videos', name), '-map', '0:v:0', '-map', '0:a:0?', '-map', '0:s?', '-c', 'copy', target])
  return target
}

/** Makes the five videos in `folder` and gives their paths. */
export function makeLongVideos(folder: string): string[] {
  return sources.map(({ name, plays }) => makeLongVideo(folder, name, plays))
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

const Stages = z.array(z.object({ name: z.string(), progress: z.number() }))
const JobsLine = z.object({ type: z.literal('jobs'), jobs: z.object({ videos: z.array(z.object({ videoId: z.number(), stages: Stages })) }) })

/** Resolves when something, and this share (0 to 1) of what there was to do at its start, is done; never when it ends before. */
function untilDone({ child }: Started, share: number): Promise<void> {
  return new Promise((resolve) => {
    const begun = new Map<string, number>()
    let rest = ''
    const hear = (line: string): void => {
      const told = JobsLine.safeParse(JSON.parse(line))
      let [done, todo] = [0, 0]
      for (const { videoId, stages } of told.data?.jobs.videos ?? []) {
        for (const { name, progress } of stages) {
          const before = begun.get(`${videoId} ${name}`) ?? progress
          begun.set(`${videoId} ${name}`, before)
          done += progress - before
          todo += 1 - before
        }
      }
      if (done > 0 && done >= todo * share) resolve()
    }
    child.stderr?.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
  })
}

interface Kills { kills: number, random: () => number }

/** Kills (SIGKILL) at a random moment: while it starts, or once something was done, so that however fast the machine is there is work left for the next. */
async function killSomewhere(started: Started, left: number, random: () => number): Promise<void> {
  if (random() > 0.2) await untilDone(started, random() / left)
  else await new Promise((resolve) => { setTimeout(resolve, random() * 300) })
  started.child.kill('SIGKILL')
}

/** Imports `videos` into `library` and kills the process `kills` times, then lets it end. */
export async function importWithKills(videos: string[], library: string, { kills, random }: Kills): Promise<KillReport> {
  const report: KillReport = { kills: 0, killsInWork: 0, runs: 0 }
  const args = ['import', ...videos, '--library', library]
  while (report.kills < kills) {
    const started = startScenedex([...args, '--json', '--progress'])
    report.runs++
    void killSomewhere(started, kills - report.kills, random)
    const { signal } = await started.finished
    report.kills++
    if (signal === 'SIGKILL') report.killsInWork++
  }
  const last = await scenedex(args)
  report.runs++
  if (last.code !== 0) throw new Error(`the last import ended with ${String(last.code)}: ${last.stderr}${bugs(library)}`)
  return report
}
