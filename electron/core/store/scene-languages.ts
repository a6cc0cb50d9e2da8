import { z } from 'zod'
import type { ReadDatabase } from '../ports.ts'

/** What is asked for of a scene; times in ticks. */
interface SceneTime { id: number, video_id: number, start_pts: number, end_pts: number }

const TimeBase = z.object({ id: z.number(), num: z.number(), den: z.number(), zero: z.number() })
type TimeBase = z.infer<typeof TimeBase>
const Spoken = z.object({ start_seconds: z.number(), end_seconds: z.number(), language: z.string() })

const SPOKEN = `SELECT start_seconds, end_seconds, language FROM segment
  WHERE video_id = @id AND start_seconds < @to AND end_seconds > @from AND language IS NOT NULL`

function timeBases(db: ReadDatabase, videos: Iterable<number>): TimeBase[] {
  return db.all(`SELECT * FROM (SELECT video.id AS id, json_extract(facts, '$.picture.timeBase.num') AS num, json_extract(facts, '$.picture.timeBase.den') AS den,
    json_extract(facts, '$.picture.startPts') AS zero FROM json_each(@videos) AS one CROSS JOIN video ON video.id = one.value)
    WHERE num IS NOT NULL AND den IS NOT NULL AND zero IS NOT NULL`, TimeBase, { videos: JSON.stringify([...videos]) })
}

/** The languages that are spoken in each of the scenes, in lower case, as scene-conditions.ts finds them; scenes in which none is known are left out. */
export function languagesOfScenes(db: ReadDatabase, scenes: readonly SceneTime[]): Map<number, Set<string>> {
  const byVideo = Map.groupBy(scenes, (scene) => scene.video_id)
  const found = new Map<number, Set<string>>()
  for (const { id, num, den, zero } of timeBases(db, byVideo.keys())) {
    const secondsPerPts = num * 1.0 / den
    const times = (byVideo.get(id) ?? []).map((scene) => ({ id: scene.id, from: (scene.start_pts - zero) * secondsPerPts, to: (scene.end_pts - zero) * secondsPerPts }))
    const span = times.reduce((all, { from, to }) => ({ from: Math.min(all.from, from), to: Math.max(all.to, to) }), { from: Infinity, to: -Infinity })
    for (const { start_seconds: start, end_seconds: end, language } of db.all(SPOKEN, Spoken, { id, ...span })) {
      for (const { id: scene } of times.filter(({ from, to }) => start < to && end > from)) {
        found.set(scene, (found.get(scene) ?? new Set()).add(language.toLowerCase()))
      }
    }
  }
  return found
}
