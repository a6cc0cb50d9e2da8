import type { Migration } from '../migration.ts'

/**
 * Which rows the index in memory has to read again. A row of `vector` can get the number of one that is gone: so it is rows that are noted,
 * not videos, and whoever has read a row before reads it anew. What was deleted is noted too.
 */
export const searchChanges: Migration = {
  number: 90,
  name: 'search-changes',
  sql: `
    -- numbers are never given twice, so a reader remembers the last one it has seen
    CREATE TABLE search_change (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      -- vector, scene or video
      what TEXT NOT NULL,
      row_id INTEGER NOT NULL
    ) STRICT;
    -- only the last ones are kept: a reader that is further behind reads everything again
    CREATE TRIGGER search_change_is_old AFTER INSERT ON search_change WHEN new.number % 1024 = 0 BEGIN
      DELETE FROM search_change WHERE number <= new.number - 65536;
    END;

    CREATE TRIGGER search_vector_comes AFTER INSERT ON vector BEGIN INSERT INTO search_change (what, row_id) VALUES ('vector', new.id); END;
    CREATE TRIGGER search_vector_goes AFTER DELETE ON vector BEGIN INSERT INTO search_change (what, row_id) VALUES ('vector', old.id); END;
    CREATE TRIGGER search_vector_changes AFTER UPDATE ON vector BEGIN
      INSERT INTO search_change (what, row_id) VALUES ('vector', old.id), ('vector', new.id);
    END;
    CREATE TRIGGER search_scene_comes AFTER INSERT ON scene BEGIN INSERT INTO search_change (what, row_id) VALUES ('scene', new.id); END;
    CREATE TRIGGER search_scene_goes AFTER DELETE ON scene BEGIN INSERT INTO search_change (what, row_id) VALUES ('scene', old.id); END;
    CREATE TRIGGER search_scene_changes AFTER UPDATE ON scene BEGIN
      INSERT INTO search_change (what, row_id) VALUES ('scene', old.id), ('scene', new.id);
    END;
    CREATE TRIGGER search_video_comes AFTER INSERT ON video BEGIN INSERT INTO search_change (what, row_id) VALUES ('video', new.id); END;
    CREATE TRIGGER search_video_goes AFTER DELETE ON video BEGIN INSERT INTO search_change (what, row_id) VALUES ('video', old.id); END;
    CREATE TRIGGER search_video_changes AFTER UPDATE OF facts ON video BEGIN INSERT INTO search_change (what, row_id) VALUES ('video', new.id); END;
  `,
}
