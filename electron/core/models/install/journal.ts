import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ErrorShape } from '../../../contract/errors.ts'
import { hasSystemCode } from '../../import/system-error.ts'
import { writeWhole } from '../manifest.ts'
import type { Span } from './spans.ts'

/** What is known of a file that is being fetched. */
const FileState = z.object({
  path: z.string(),
  /** Where the catalog says it is: another address is another file. */
  url: z.string(),
  /** Null until a server has said it, where the catalog only guesses. */
  bytes: z.number().int().nullable(),
  /** What the server calls this very content: an ETag or a date. */
  validator: z.string().nullable(),
  /** What of it is on the disk. */
  spans: z.array(z.tuple([z.number().int().min(0), z.number().int().min(0)])),
})
export type FileState = z.infer<typeof FileState>

const Journal = z.object({
  variants: z.array(z.string()),
  /** Of all that is to be fetched, as it was known at the beginning. */
  totalBytes: z.number(),
  /** Why the last try ended. */
  error: ErrorShape.nullable(),
  files: z.array(FileState),
})
export type Journal = z.infer<typeof Journal>

const NAME = '.scenedex-install.json'

export const journalFile = (folder: string): string => path.join(folder, NAME)

/** What an install has noted in its folder; null where there is nothing, or nothing that can be understood: then all is fetched again. */
export async function readJournal(folder: string): Promise<Journal | null> {
  try {
    const read = Journal.safeParse(JSON.parse(await readFile(journalFile(folder), 'utf8')))
    return read.success ? read.data : null
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return null
    throw error
  }
}

/** Writes the journal one time after the other; who asks while it is being written gets the next time. */
export interface JournalWriter {
  readonly journal: Journal
  /** The state of a file, empty where nothing is known of it from this address. */
  stateOf(file: { path: string, url: string }): FileState
  /** Resolves when all that is in the journal now is on the disk. */
  save(): Promise<void>
}

export function journalWriter(folder: string, journal: Journal): JournalWriter {
  let writing: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null
  return {
    journal,
    stateOf: ({ path: file, url }) => {
      const known = journal.files.find((state) => state.path === file)
      if (known?.url === url) return known
      const fresh: FileState = { path: file, url, bytes: null, validator: null, spans: [] }
      journal.files = [...journal.files.filter((state) => state.path !== file), fresh]
      return fresh
    },
    save: () => {
      next ??= writing.catch(() => undefined).then(async () => {
        next = null
        await writeWhole(journalFile(folder), JSON.stringify(journal))
      })
      writing = next
      return next
    },
  }
}

export function setSpans(state: FileState, spans: readonly Span[]): void {
  state.spans = spans.map(([from, to]) => [from, to])
}
