import { z } from 'zod'
import { VideoId } from '../../contract/ids.ts'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { FROM_THE_START, restartRunsOfOtherModels } from './stage-runs.ts'
import type { Modality, VectorKind } from './vector-index.ts'
import { dropIndex, indexFor } from './vector-index.ts'

// While a model takes the place of another one, both have vectors of some videos. Which model's vectors are whole says its cover.

/** The stages that make vectors, and of what. */
const modalityOfStage = { 'picture-vectors': 'picture', 'text-vectors': 'text' } as const satisfies Record<string, Modality>

/** True for the stages that make vectors. */
export function makesVectors(stage: string): stage is VectorWork['stage'] {
  return Object.hasOwn(modalityOfStage, stage)
}

/** A stage that makes vectors, as it works now. */
interface VectorWork { stage: keyof typeof modalityOfStage, model: string, version: number }

/** Says that the vectors of a model are there for the whole video, where the stage makes any. What other models have left half done goes: nobody goes on from there. */
export function coverVideo(db: WriteDatabase, videoId: VideoId, { stage, model, version, nowMs }: Omit<VectorWork, 'stage'> & { stage: StageName, nowMs: number }): void {
  if (!makesVectors(stage)) return
  const modality = modalityOfStage[stage]
  db.run(`INSERT INTO vector_cover (video_id, modality, model, version, done_ms) VALUES (@videoId, @modality, @model, @version, @nowMs)
    ON CONFLICT (video_id, modality, model) DO UPDATE SET version = @version, done_ms = @nowMs`, { videoId, modality, model, version, nowMs })
  db.run(`DELETE FROM vector WHERE modality = @modality AND scene_id IN (SELECT id FROM scene WHERE video_id = @videoId)
    AND model NOT IN (SELECT model FROM vector_cover WHERE video_id = @videoId AND modality = @modality)`, { videoId, modality })
}

/** What the vectors of a video were made of has changed: none of them are whole any more, of any model. */
export function dropCovers(db: WriteDatabase, videoId: VideoId, modality: Modality): void {
  db.run('DELETE FROM vector_cover WHERE video_id = @videoId AND modality = @modality', { videoId, modality })
}

/** Deletes the vectors of a video by all models. */
export function deleteVectors(db: WriteDatabase, videoId: VideoId, modality: Modality): void {
  dropCovers(db, videoId, modality)
  db.run('DELETE FROM vector WHERE modality = @modality AND scene_id IN (SELECT id FROM scene WHERE video_id = @videoId)', { videoId, modality })
}

/** A model that is chosen again has nothing to do where its vectors are there and whole. */
function endCoveredRuns(db: WriteDatabase, { stage, model, version }: VectorWork): number {
  return db.run(`
    UPDATE stage_run SET state = 'done', model = @model, progress = 1, attempts = 0, deaths = 0, retry_at_ms = NULL, position = NULL, note = NULL, error = NULL,
      lease_token = NULL, lease_until_ms = NULL, lease_pid = NULL, lease_host = NULL,
      ended_ms = (SELECT done_ms FROM vector_cover WHERE vector_cover.video_id = stage_run.video_id AND modality = @modality AND vector_cover.model = @model)
    WHERE stage = @stage AND version = @version AND (state = 'pending' OR (model IS NOT @model AND state IN ('running', 'done', 'skipped', 'failed', 'quarantined')))
      AND video_id IN (SELECT video_id FROM vector_cover WHERE modality = @modality AND model = @model AND version = @version)`, {
    stage, model, version, modality: modalityOfStage[stage],
  }).changes
}

/**
 * Another model works for a stage now: what was done with another one, or left out for want of one, waits to be done with this one,
 * but where this one has made vectors before and they are whole. Gives how many runs have changed.
 */
export function switchRuns(db: WriteDatabase, { stage, model, version }: { stage: StageName, model: string, version: number }): number {
  const ended = makesVectors(stage) ? endCoveredRuns(db, { stage, model, version }) : 0
  return ended + restartRunsOfOtherModels(db, stage, model)
}

/** Puts back into the queue what was done with a model whose vectors are gone. Gives how many. */
export function restartUncoveredRuns(db: WriteDatabase): number {
  return Object.entries(modalityOfStage).reduce((sum, [stage, modality]) => sum + db.run(`
    UPDATE stage_run SET ${FROM_THE_START} WHERE stage = @stage AND state = 'done' AND model IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM vector_cover WHERE vector_cover.video_id = stage_run.video_id AND modality = @modality AND vector_cover.model = stage_run.model)`, { stage, modality }).changes, 0)
}

// A model has a name of its own for the vectors of each precision: `<id>/<variant>`.
const IS_OF_MODEL = `(model = @id OR substr(model, 1, length(@id) + 1) = @id || '/')`

const Kind = z.object({ model: z.string(), modality: z.enum(['picture', 'text']) })

function kindsOf(db: ReadDatabase, id: string): VectorKind[] {
  return db.all(`SELECT DISTINCT model, modality FROM vector WHERE ${IS_OF_MODEL}
    UNION SELECT model, modality FROM vector_cover WHERE ${IS_OF_MODEL} UNION SELECT model, modality FROM vector_index WHERE ${IS_OF_MODEL}`, Kind, { id })
}

/** Deletes all vectors of a model, in all its precisions, those of removed videos too; what was done with it waits to be done again. Gives how many. */
export function deleteVectorsOf(db: WriteDatabase, id: string): number {
  return db.transaction(() => {
    for (const kind of kindsOf(db, id)) {
      const index = indexFor(db, kind)
      // With its triggers: it would be emptied row by row.
      if (index !== undefined) dropIndex(db, index)
    }
    const { changes } = db.run(`DELETE FROM vector WHERE ${IS_OF_MODEL}`, { id })
    db.run(`DELETE FROM removed_vector WHERE ${IS_OF_MODEL}`, { id })
    db.run(`DELETE FROM vector_cover WHERE ${IS_OF_MODEL}`, { id })
    db.run(`DELETE FROM usual WHERE ${IS_OF_MODEL}`, { id })
    db.run(`DELETE FROM text_vector WHERE ${IS_OF_MODEL}`, { id })
    restartUncoveredRuns(db)
    return changes
  })
}

const CoverRow = z.object({ video_id: VideoId, model: z.string() })
const ModelRow = z.object({ model: z.string() })

/** The models that have whole vectors of any video. */
export function coveringModels(db: ReadDatabase, modality: Modality): string[] {
  return db.all('SELECT DISTINCT model FROM vector_cover WHERE modality = @modality ORDER BY model', ModelRow, { modality }).map(({ model }) => model)
}

/** The videos that a model does not cover, with the models that do, of each video the last one done first. All covers where no model is given. */
export function coversBeside(db: ReadDatabase, modality: Modality, model: string | null): { videoId: VideoId, model: string }[] {
  return db.all(`
    SELECT video_id, model FROM vector_cover WHERE modality = @modality AND (@model IS NULL OR NOT EXISTS (
      SELECT 1 FROM vector_cover AS own WHERE own.video_id = vector_cover.video_id AND own.modality = @modality AND own.model = @model))
    ORDER BY video_id, done_ms DESC, model`, CoverRow, { modality, model }).map(({ video_id: videoId, model: covering }) => ({ videoId, model: covering }))
}
