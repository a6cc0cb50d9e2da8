import type { Migration } from '../migration.ts'

/** What is usual between a model and this library, so that an answer can say how unusual it is. All of it can be learned again. */
export const usual: Migration = {
  number: 100,
  name: 'usual',
  sql: `
    -- the vectors of texts that are the same in every library: unrelated questions
    CREATE TABLE text_vector (
      model TEXT NOT NULL,
      text TEXT NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (model, text)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE usual (
      model TEXT NOT NULL,
      modality TEXT NOT NULL,
      -- by which texts and which way it was learned
      way TEXT NOT NULL,
      -- of the library, when it was learned
      vectors INTEGER NOT NULL,
      -- float32 each: the average of the texts, that of the library, and values in ascending order
      texts BLOB NOT NULL,
      library BLOB NOT NULL,
      best BLOB NOT NULL,
      PRIMARY KEY (model, modality)
    ) STRICT, WITHOUT ROWID;
  `,
}
