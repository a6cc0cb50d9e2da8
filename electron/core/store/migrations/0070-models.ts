import type { Migration } from '../migration.ts'

/** What models need: with which one a stage was done, more than one picture of a scene, and tags. */
export const models: Migration = {
  number: 70,
  name: 'models',
  sql: `
    -- the model that the run works or worked with; null where it needs none, or had none
    ALTER TABLE stage_run ADD COLUMN model TEXT;

    -- pictures of a scene beside its key frame, where it moves
    CREATE TABLE scene_frame (
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      scene_id INTEGER NOT NULL REFERENCES scene (id) ON DELETE CASCADE,
      pts INTEGER NOT NULL,
      PRIMARY KEY (video_id, scene_id, pts)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX scene_frame_by_scene ON scene_frame (scene_id);

    CREATE TABLE scene_tag (
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      scene_id INTEGER NOT NULL REFERENCES scene (id) ON DELETE CASCADE,
      label TEXT NOT NULL,
      -- how unusual it is for this picture: standard deviations above what is usual
      score REAL NOT NULL,
      PRIMARY KEY (video_id, scene_id, label)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX scene_tag_by_scene ON scene_tag (scene_id);
    CREATE INDEX scene_tag_by_label ON scene_tag (label);
  `,
}
