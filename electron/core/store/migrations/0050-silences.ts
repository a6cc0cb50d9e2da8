import type { Migration } from '../migration.ts'

/** Where the sound of a video pauses, as the scan hears it. */
export const silences: Migration = {
  number: 50,
  name: 'silences',
  sql: `
    CREATE TABLE silence (
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      start_pts INTEGER NOT NULL,
      -- one that goes on over the end of a scene is there in pieces that touch
      end_pts INTEGER NOT NULL,
      PRIMARY KEY (video_id, start_pts)
    ) STRICT, WITHOUT ROWID;
  `,
}
