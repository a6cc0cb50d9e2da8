import type { Migration } from '../migration.ts'

/** Clips of the tray know what they were found with, why, and how their picture is framed. */
export const clipsFound: Migration = {
  number: 120,
  name: 'clips-found',
  sql: `
    ALTER TABLE tray_clip ADD COLUMN query TEXT;
    ALTER TABLE tray_clip ADD COLUMN note TEXT;
    -- JSON of contract/export-choices.ts Framing; NULL: the one for all
    ALTER TABLE tray_clip ADD COLUMN framing TEXT CHECK (framing IS NULL OR json_valid(framing));
  `,
}
