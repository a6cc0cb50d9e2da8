import type { Migration } from '../migration.ts'

/**
 * The words of the index as a table, so that words like a word are found without reading the index, and an index that takes the signs of a
 * letter as part of its word. The texts are copied as they are: the words of each video are then put into the index anew, one video
 * after another, while the library is in use.
 */
export const vocabulary: Migration = {
  number: 110,
  name: 'vocabulary',
  sql: `
    CREATE TABLE scene_word (
      id INTEGER PRIMARY KEY,
      -- folded, letters only; some may be in no scene any more
      word TEXT NOT NULL UNIQUE
    ) STRICT;
    -- which words have a part: https://sqlite.org/fts5.html#the_trigram_tokenizer
    CREATE VIRTUAL TABLE scene_word_parts USING fts5 (word, content = 'scene_word', content_rowid = 'id', detail = none, columnsize = 0, tokenize = 'trigram case_sensitive 1');
    CREATE TRIGGER scene_word_parts_follow AFTER INSERT ON scene_word BEGIN INSERT INTO scene_word_parts (rowid, word) VALUES (new.id, new.word); END;
    CREATE TRIGGER scene_word_parts_leave AFTER DELETE ON scene_word BEGIN
      INSERT INTO scene_word_parts (scene_word_parts, rowid, word) VALUES ('delete', old.id, old.word);
    END;

    CREATE TABLE scene_words_before AS SELECT rowid AS id, said, title FROM scene_words;
    DROP TABLE scene_vocabulary;
    DROP TABLE scene_words;
    CREATE VIRTUAL TABLE scene_words USING fts5 (said, title, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'", prefix = '2 3');
    CREATE VIRTUAL TABLE scene_vocabulary USING fts5vocab (scene_words, row);
    INSERT INTO scene_words (rowid, said, title) SELECT id, said, title FROM scene_words_before;
    DROP TABLE scene_words_before;

    -- which languages are spoken at all, and which of them in a video
    CREATE INDEX segment_by_language ON segment (language, video_id);

    -- videos whose words are to be put into the index anew
    CREATE TABLE video_to_index (video_id INTEGER PRIMARY KEY REFERENCES video (id) ON DELETE CASCADE) STRICT;
    INSERT INTO video_to_index (video_id) SELECT id FROM video;
  `,
}
