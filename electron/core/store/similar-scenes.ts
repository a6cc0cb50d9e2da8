import { z } from 'zod'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { NamedColour } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { ColoursColumn, Count } from './columns.ts'
import { pictureVectorsOf } from './vectors.ts'

/** How a scene looks, as far as it is known without a model. */
export interface SceneLook { id: SceneId, videoId: VideoId, motion: number, brightness: number, colours: NamedColour[] }

const LookRow = z.object({ id: SceneId, video_id: VideoId, motion: z.number(), brightness: z.number(), colours: ColoursColumn })
  .transform((row): SceneLook => ({ id: row.id, videoId: row.video_id, motion: row.motion, brightness: row.brightness, colours: row.colours }))

/** Scenes that are about as bright and have the colour at all, those of the nearest brightness first. */
export function scenesAbout(db: ReadDatabase, wanted: { brightness: number, within: number, colour: string | null, limit: number }): SceneLook[] {
  return db.all(`
    SELECT id, video_id, motion, brightness, colours FROM scene
    WHERE brightness BETWEEN @brightness - @within AND @brightness + @within AND (@colour IS NULL OR instr(colours, '"' || @colour || '"') > 0)
    ORDER BY abs(brightness - @brightness), id LIMIT @limit`, LookRow, wanted)
}

const ModelRow = z.object({ model: z.string() })

/**
 * What a picture model has said of the pictures of the scene. Of several models the one that has seen most videos: only what the same one has
 * seen can be compared.
 */
export function pictureVectorsFor(db: ReadDatabase, id: SceneId): { model: string, vectors: Float32Array[] } | null {
  const row = db.get(`
    SELECT model FROM (SELECT DISTINCT model FROM vector WHERE scene_id = @id AND modality = 'picture') AS own
    ORDER BY (SELECT count(*) FROM vector_cover WHERE modality = 'picture' AND vector_cover.model = own.model) DESC, model LIMIT 1`, ModelRow, { id })
  return row === undefined ? null : { model: row.model, vectors: pictureVectorsOf(db, id, row.model) }
}

const TermRow = z.object({ term: z.string(), doc: z.number().int() })

/** In how many scenes each of the words is. */
export function scenesWithWords(db: ReadDatabase, words: readonly string[]): z.infer<typeof TermRow>[] {
  return db.all('SELECT term, doc FROM json_each(@words) AS word CROSS JOIN scene_vocabulary ON scene_vocabulary.term = word.value', TermRow, { words: JSON.stringify(words) })
}

export function sceneCount(db: ReadDatabase): number {
  return db.get('SELECT count(*) AS count FROM scene', Count)?.count ?? 0
}
