import type { Migration } from '../migration.ts'

/** What is next to do is found without a look at all that waits, or at all that is done. */
export const workInTurn: Migration = {
  number: 60,
  name: 'work-in-turn',
  sql: `
    -- "this one first": few, in their order
    CREATE INDEX video_put_first ON video (priority DESC, id) WHERE priority > 0;
    -- of all that is done only what a full scan is still due of, in the order of the videos
    CREATE INDEX stage_run_first_look ON stage_run (stage, video_id) WHERE state = 'done' AND is_first_look = 1;
  `,
}
