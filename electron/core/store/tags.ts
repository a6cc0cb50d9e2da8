import { z } from 'zod'
import type { VideoId } from '../../contract/ids.ts'
import { SceneId } from '../../contract/ids.ts'
import type { Scene } from '../../contract/videos.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import type { PtsSpan } from './scenes.ts'

export interface SceneTag { sceneId: SceneId, label: string, score: number }

export function addTag(db: WriteDatabase, videoId: VideoId, { sceneId, label, score }: SceneTag): void {
  db.run(`INSERT INTO scene_tag (video_id, scene_id, label, score) VALUES (@videoId, @sceneId, @label, @score)
    ON CONFLICT (video_id, scene_id, label) DO UPDATE SET score = @score`, { videoId, sceneId, label, score })
}

/** Deletes the tags of the scenes that start in the span. */
export function deleteTagsIn(db: WriteDatabase, videoId: VideoId, span: PtsSpan): void {
  db.run('DELETE FROM scene_tag WHERE video_id = @videoId AND scene_id IN (SELECT id FROM scene WHERE video_id = @videoId AND start_pts >= @from AND start_pts < @to)', { videoId, ...span })
}

/** Deletes all tags of a video. */
export function deleteTags(db: WriteDatabase, videoId: VideoId): void {
  db.run('DELETE FROM scene_tag WHERE video_id = @videoId', { videoId })
}

const Row = z.object({ scene_id: SceneId, label: z.string(), score: z.number() })

/** The tags of a video's scenes, the most unusual first. */
export function tagsOf(db: ReadDatabase, videoId: VideoId): Map<SceneId, Scene['tags']> {
  const byScene = new Map<SceneId, Scene['tags']>()
  for (const { scene_id: id, label: name, score } of db.all('SELECT scene_id, label, score FROM scene_tag WHERE video_id = @videoId ORDER BY score DESC, label', Row, { videoId })) {
    byScene.set(id, [...byScene.get(id) ?? [], { name, score }])
  }
  return byScene
}

const Tag = z.object({ name: z.string(), score: z.number() })

/** The tag of a scene that is this label or has it among its words, the most unusual of them; null where there is none. */
export function tagWith(db: ReadDatabase, sceneId: SceneId, label: string): z.infer<typeof Tag> | null {
  return db.get(`
    SELECT label AS name, score FROM scene_tag WHERE scene_id = @sceneId AND instr(' ' || label || ' ', ' ' || @label || ' ') > 0
    ORDER BY score DESC, label LIMIT 1`, Tag, { sceneId, label }) ?? null
}

const SceneIds = z.object({ ids: z.string() })

/** The ids of all scenes that have the tag, or one that has it among its words. The labels are looked at first: there are few of them. */
export function scenesTagged(db: ReadDatabase, asked: string): number[] {
  const labels = labelsInUse(db).filter((label) => ` ${label} `.includes(` ${asked} `))
  const sql = 'SELECT json_group_array(scene_id) AS ids FROM scene_tag WHERE label IN (SELECT value FROM json_each(@labels))'
  const row = labels.length === 0 ? undefined : db.get(sql, SceneIds, { labels: JSON.stringify(labels) })
  return z.array(z.number()).parse(JSON.parse(row?.ids ?? '[]'))
}

const Label = z.object({ label: z.string() })

/** The labels that scenes have, in the order of their letters: one look into the index for each of them. */
export function labelsInUse(db: ReadDatabase): string[] {
  return db.all(`
    WITH RECURSIVE used (label) AS (
      SELECT min(label) FROM scene_tag
      UNION ALL SELECT (SELECT min(label) FROM scene_tag WHERE label > used.label) FROM used WHERE used.label IS NOT NULL)
    SELECT label FROM used WHERE label IS NOT NULL`, Label).map(({ label }) => label)
}
