import { z } from 'zod'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { NamedColour } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { ColoursColumn, Count } from './columns.ts'
import type { Modality } from './vector-index.ts'
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

const VideoRow = z.object({ video_id: VideoId })
const SceneRow = z.object({ id: SceneId })

/** The videos of which a model has whole vectors, in the order they were added. */
export function coveredVideos(db: ReadDatabase, modality: Modality, model: string): VideoId[] {
  return db.all('SELECT video_id FROM vector_cover WHERE modality = @modality AND model = @model ORDER BY video_id', VideoRow, { modality, model }).map((row) => row.video_id)
}

/** The scenes of a video in the order they are shown. */
export function sceneIdsOf(db: ReadDatabase, videoId: VideoId): SceneId[] {
  return db.all('SELECT id FROM scene WHERE video_id = @videoId ORDER BY start_pts', SceneRow, { videoId }).map(({ id }) => id)
}

/** The scene of a video that is shown at a time, from its first picture; after its end the last one. Null where nothing of it was looked at yet. */
export function sceneShownAt(db: ReadDatabase, videoId: VideoId, atSeconds: number): SceneId | null {
  return db.get(`
    SELECT scene.id AS id FROM video CROSS JOIN scene ON scene.video_id = video.id
    WHERE video.id = @videoId AND scene.start_pts <= json_extract(facts, '$.picture.startPts')
      + (@atSeconds + 0.0005) * json_extract(facts, '$.picture.timeBase.den') / json_extract(facts, '$.picture.timeBase.num')
    ORDER BY scene.start_pts DESC LIMIT 1`, SceneRow, { videoId, atSeconds })?.id ?? null
}
