import type { Migration } from '../migration.ts'

/**
 * Several vectors of a scene: one for each of its pictures and of its passages. The vec0 tables are named by numbers that only the
 * library knows: they are forgotten here and built anew at the next start of the work.
 */
export const partsOfScenes: Migration = {
  number: 80,
  name: 'parts-of-scenes',
  sql: `
    CREATE TABLE vector_with_parts (
      -- also the key in the vec0 table
      id INTEGER PRIMARY KEY,
      scene_id INTEGER NOT NULL REFERENCES scene (id) ON DELETE CASCADE,
      model TEXT NOT NULL,
      modality TEXT NOT NULL,
      -- which of the pictures or passages of the scene, from 0
      part INTEGER NOT NULL,
      -- of the picture, or of the first word, from the first picture of the video
      at_seconds REAL NOT NULL,
      dimensions INTEGER NOT NULL,
      data BLOB NOT NULL,
      UNIQUE (scene_id, model, modality, part)
    ) STRICT;
    INSERT INTO vector_with_parts (scene_id, model, modality, part, at_seconds, dimensions, data)
      SELECT scene_id, model, modality, 0, coalesce((coalesce(keyframe_pts, start_pts) - json_extract(facts, '$.picture.startPts'))
        * json_extract(facts, '$.picture.timeBase.num') * 1.0 / json_extract(facts, '$.picture.timeBase.den'), 0.0), dimensions, data
      FROM vector JOIN scene ON scene.id = scene_id JOIN video ON video.id = scene.video_id;
    -- its triggers, which fill the vec0 tables, go with it
    DROP TABLE vector;
    ALTER TABLE vector_with_parts RENAME TO vector;
    CREATE INDEX vector_by_model ON vector (model, modality, dimensions);
    DELETE FROM vector_index;

    CREATE TABLE removed_vector_with_parts (
      video_id INTEGER NOT NULL REFERENCES removed_video (id) ON DELETE CASCADE,
      scene_id INTEGER NOT NULL,
      model TEXT NOT NULL,
      modality TEXT NOT NULL,
      part INTEGER NOT NULL,
      at_seconds REAL NOT NULL,
      dimensions INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (video_id, scene_id, model, modality, part)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO removed_vector_with_parts (video_id, scene_id, model, modality, part, at_seconds, dimensions, data)
      WITH media AS (SELECT id, kept, json_extract(kept, '$.video[0].facts') AS facts FROM removed_video)
      SELECT video_id, scene_id, model, modality, 0,
        coalesce((coalesce(json_extract(one.value, '$.keyframe_pts'), json_extract(one.value, '$.start_pts')) - json_extract(facts, '$.picture.startPts'))
          * json_extract(facts, '$.picture.timeBase.num') * 1.0 / json_extract(facts, '$.picture.timeBase.den'), 0.0), dimensions, data
      FROM media CROSS JOIN json_each(kept, '$.scene') AS one
        CROSS JOIN removed_vector ON video_id = media.id AND scene_id = json_extract(one.value, '$.id');
    DROP TABLE removed_vector;
    ALTER TABLE removed_vector_with_parts RENAME TO removed_vector;

    -- the vectors of a model are there for the whole video
    CREATE TABLE vector_cover (
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      modality TEXT NOT NULL,
      model TEXT NOT NULL,
      -- of the stage that made them
      version INTEGER NOT NULL,
      done_ms INTEGER NOT NULL,
      PRIMARY KEY (video_id, modality, model)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX vector_cover_by_model ON vector_cover (modality, model);
    INSERT INTO vector_cover (video_id, modality, model, version, done_ms)
      SELECT DISTINCT stage_run.video_id, modality, vector.model, version, coalesce(ended_ms, 0)
      FROM stage_run JOIN scene ON scene.video_id = stage_run.video_id JOIN vector ON vector.scene_id = scene.id
      WHERE stage = 'picture-vectors' AND state = 'done' AND modality = 'picture';
  `,
}
