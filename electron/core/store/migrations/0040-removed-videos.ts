import type { Migration } from '../migration.ts'

/** Videos that were taken out and can still be put back: apart from all others, so that nothing that asks for videos has to know of them. */
export const removedVideos: Migration = {
  number: 40,
  name: 'removed-videos',
  sql: `
    CREATE TABLE removed_video (
      -- as it was, and will be again
      id INTEGER PRIMARY KEY,
      identity TEXT NOT NULL,
      path TEXT NOT NULL,
      title TEXT NOT NULL,
      removed_ms INTEGER NOT NULL,
      -- by table, as JSON: the rows of the video itself, of what was found in it, and of what the person made of it
      kept TEXT NOT NULL
    ) STRICT;
    CREATE INDEX removed_video_by_identity ON removed_video (identity);

    CREATE TABLE removed_vector (
      video_id INTEGER NOT NULL REFERENCES removed_video (id) ON DELETE CASCADE,
      scene_id INTEGER NOT NULL,
      model TEXT NOT NULL,
      modality TEXT NOT NULL,
      dimensions INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (video_id, scene_id, model, modality)
    ) STRICT, WITHOUT ROWID;
  `,
}
