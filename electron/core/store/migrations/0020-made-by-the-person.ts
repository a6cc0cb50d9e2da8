import type { Migration } from '../migration.ts'

/** What the person makes: clips gathered for export, searches; and the log of what went out to the network. */
export const madeByThePerson: Migration = {
  number: 20,
  name: 'made-by-the-person',
  sql: `
    CREATE TABLE tray_clip (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      video_id INTEGER NOT NULL REFERENCES video (id) ON DELETE CASCADE,
      -- from 0 without gaps
      position INTEGER NOT NULL,
      title TEXT NOT NULL,
      start_seconds REAL NOT NULL,
      end_seconds REAL NOT NULL CHECK (end_seconds > start_seconds)
    ) STRICT;
    CREATE INDEX tray_clip_by_video ON tray_clip (video_id);

    CREATE TABLE saved_search (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL) STRICT;
    -- the highest number was used last
    CREATE TABLE recent_search (query TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT;

    -- every request that ever went out
    CREATE TABLE network_request (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms INTEGER NOT NULL,
      url TEXT NOT NULL,
      purpose TEXT NOT NULL,
      outcome TEXT NOT NULL,
      bytes INTEGER
    ) STRICT;
  `,
}
