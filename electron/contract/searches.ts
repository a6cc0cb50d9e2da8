import { z } from 'zod'

/** A row id of the `saved_search` table. */
export const SavedSearchId = z.number().int().positive().brand<'SavedSearchId'>()
export type SavedSearchId = z.infer<typeof SavedSearchId>

export const SavedSearch = z.object({ id: SavedSearchId, name: z.string(), query: z.string() })
export type SavedSearch = z.infer<typeof SavedSearch>

/** The searches a person keeps, and the last ones they made, newest first. */
export const Searches = z.object({ saved: z.array(SavedSearch), recent: z.array(z.string()) })
export type Searches = z.infer<typeof Searches>
