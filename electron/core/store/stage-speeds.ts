import { z } from 'zod'
import { StageName } from '../../contract/videos.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

// A new measure moves the old ones by this much: a machine that got faster or busier is known after a few videos.
const NEWEST_WEIGHS = 0.3

const Row = z.object({ stage: StageName, work_per_unit: z.number() })

/** Measured seconds of work per second of video (or per video, where a stage's work does not grow with its length). */
export function stageSpeeds(db: ReadDatabase): Map<StageName, number> {
  return new Map(db.all('SELECT stage, work_per_unit FROM stage_speed', Row).map((row) => [row.stage, row.work_per_unit]))
}

export function addStageSpeed(db: WriteDatabase, stage: StageName, workPerUnit: number): void {
  db.run(`
    INSERT INTO stage_speed (stage, work_per_unit, samples) VALUES (@stage, @workPerUnit, 1)
    ON CONFLICT (stage) DO UPDATE SET work_per_unit = work_per_unit + (@workPerUnit - work_per_unit) * @weight, samples = samples + 1`, {
    stage, workPerUnit, weight: NEWEST_WEIGHS,
  })
}
