import type { Migration } from '../migration.ts'

/** Which videos were changed, in the order of their last change: whoever shows them need not look at all of them. */
export const changedVideos: Migration = {
  number: 30,
  name: 'changed-videos',
  sql: `
    -- numbers are never given twice, so a reader remembers the last one it has seen
    CREATE TABLE changed_video (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      video_id INTEGER NOT NULL UNIQUE REFERENCES video (id) ON DELETE CASCADE
    ) STRICT;
    CREATE TRIGGER video_changes AFTER UPDATE OF path, title, facts, end_pts, badges, state, error, paused ON video BEGIN
      DELETE FROM changed_video WHERE video_id = new.id;
      INSERT INTO changed_video (video_id) VALUES (new.id);
    END;
    CREATE TRIGGER stage_run_comes AFTER INSERT ON stage_run BEGIN
      DELETE FROM changed_video WHERE video_id = new.video_id;
      INSERT INTO changed_video (video_id) VALUES (new.video_id);
    END;
    -- with each chunk that is stored there is more progress: scenes and key frames are covered by it
    CREATE TRIGGER stage_run_changes AFTER UPDATE OF state, progress ON stage_run WHEN new.state <> old.state OR new.progress <> old.progress BEGIN
      DELETE FROM changed_video WHERE video_id = new.video_id;
      INSERT INTO changed_video (video_id) VALUES (new.video_id);
    END;
  `,
}
