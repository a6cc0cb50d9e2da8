import { z } from 'zod'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { NamedColour } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { ColoursColumn, Count } from './columns.ts'

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

const VectorRow = z.object({ model: z.string(), data: z.instanceof(Uint8Array) })

/** What a picture model has said of the scene; the newest model where there are several. */
export function pictureVectorOf(db: ReadDatabase, id: SceneId): { model: string, vector: Float32Array } | null {
  const row = db.get(`
    SELECT vector.model AS model, data FROM vector JOIN vector_index ON vector_index.model = vector.model AND vector_index.modality = vector.modality
    WHERE scene_id = @id AND vector.modality = 'picture' ORDER BY vector_index.id DESC LIMIT 1`, VectorRow, { id })
  if (row === undefined) return null
  const bytes = row.data.slice() // aligned, whatever the database gave
  return { model: row.model, vector: new Float32Array(bytes.buffer, 0, bytes.byteLength / Float32Array.BYTES_PER_ELEMENT) }
}

const TermRow = z.object({ term: z.string(), doc: z.number().int() })

/** In how many scenes each of the words is. */
export function scenesWithWords(db: ReadDatabase, words: readonly string[]): z.infer<typeof TermRow>[] {
  return db.all('SELECT term, doc FROM json_each(@words) AS word CROSS JOIN scene_vocabulary ON scene_vocabulary.term = word.value', TermRow, { words: JSON.stringify(words) })
}

export function sceneCount(db: ReadDatabase): number {
  return db.get('SELECT count(*) AS count FROM scene', Count)?.count ?? 0
}
