import type { Migration } from '../migration.ts'

/** The first library: videos, the queue, shots and scenes, speech, vectors, and the word index. */
export const first: Migration = {
  number: 10,
  name: 'first',
  sql: `
    CREATE TABLE video (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      path TEXT NOT NULL,
      -- size and sampled hash of head, middle and tail; one row per content
      identity TEXT NOT NULL UNIQUE,
      size_bytes INTEGER NOT NULL,
      -- as the file system gives it, with its fraction
      modified_ms REAL NOT NULL,
      title TEXT NOT NULL,
      -- MediaFacts as JSON, null before probe
      facts TEXT,
      -- decoded end in the time base of the picture stream, null before the scan has seen it
      end_pts INTEGER,
      badges TEXT NOT NULL DEFAULT '[]',
      state TEXT NOT NULL DEFAULT 'queued',
      error TEXT,
      -- 1: a first look is asked for before the full scan
      first_look INTEGER NOT NULL DEFAULT 0,
      paused INTEGER NOT NULL DEFAULT 0,
      -- a higher number goes first; "this one first"
      priority INTEGER NOT NULL DEFAULT 0,
      added_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX video_by_path ON video (path);
    CREATE INDEX video_by_state ON video (state);

    CREATE TABLE stage_run (
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'pending',
      version INTEGER NOT NULL,
      -- 1: position and rows are those of a quick first look, a full run is still due
      is_first_look INTEGER NOT NULL DEFAULT 0,
      -- claims since the last progress
      attempts INTEGER NOT NULL DEFAULT 0,
      -- those of them in which the whole process died
      deaths INTEGER NOT NULL DEFAULT 0,
      -- not before this, after an attempt that failed
      retry_at_ms INTEGER,
      progress REAL NOT NULL DEFAULT 0,
      position TEXT,
      -- chunks stored since the beginning: equal to those of an undisturbed run when nothing was computed twice
      chunks INTEGER NOT NULL DEFAULT 0,
      note TEXT,
      error TEXT,
      lease_token TEXT,
      lease_until_ms INTEGER,
      lease_pid INTEGER,
      lease_host TEXT,
      started_ms INTEGER,
      ended_ms INTEGER,
      work_seconds REAL NOT NULL DEFAULT 0,
      PRIMARY KEY (video_id, stage)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stage_run_by_state ON stage_run (state, stage);

    -- measured seconds of work per unit (a second of video, or a video), per stage, on this machine
    CREATE TABLE stage_speed (stage TEXT PRIMARY KEY, work_per_unit REAL NOT NULL, samples INTEGER NOT NULL) STRICT;

    CREATE TABLE shot (
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      start_pts INTEGER NOT NULL,
      end_pts INTEGER NOT NULL,
      transition TEXT NOT NULL,
      PRIMARY KEY (video_id, start_pts)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE scene (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      start_pts INTEGER NOT NULL,
      end_pts INTEGER NOT NULL,
      keyframe_pts INTEGER,
      motion REAL NOT NULL,
      brightness REAL NOT NULL,
      colours TEXT NOT NULL,
      UNIQUE (video_id, start_pts)
    ) STRICT;

    CREATE TABLE segment (
      id INTEGER PRIMARY KEY,
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      source TEXT NOT NULL,
      language TEXT,
      start_seconds REAL NOT NULL,
      end_seconds REAL NOT NULL,
      text TEXT NOT NULL,
      words TEXT NOT NULL
    ) STRICT;
    CREATE INDEX segment_by_time ON segment (video_id, start_seconds, end_seconds);

    -- rowid = scene.id; what is said in the scene and the title of its video
    CREATE VIRTUAL TABLE scene_words USING fts5 (said, title, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
    -- the words of the index themselves: a view that stores nothing
    CREATE VIRTUAL TABLE scene_vocabulary USING fts5vocab (scene_words, row);
    CREATE TRIGGER scene_words_follow AFTER DELETE ON scene BEGIN DELETE FROM scene_words WHERE rowid = old.id; END;

    -- the truth of every vector; the vec0 tables are indexes built from it
    CREATE TABLE vector (
      scene_id INTEGER NOT NULL REFERENCES scene (id) ON DELETE CASCADE,
      model TEXT NOT NULL,
      modality TEXT NOT NULL,
      dimensions INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (scene_id, model, modality)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX vector_by_model ON vector (model, modality);

    -- the vec0 tables there are: vec_<id>
    CREATE TABLE vector_index (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      model TEXT NOT NULL,
      modality TEXT NOT NULL,
      dimensions INTEGER NOT NULL,
      UNIQUE (model, modality)
    ) STRICT;

    -- who is working on the queue at the moment: at most one row
    CREATE TABLE engine (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      pid INTEGER NOT NULL,
      host TEXT NOT NULL,
      token TEXT NOT NULL,
      heartbeat_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
}
