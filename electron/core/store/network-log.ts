import { z } from 'zod'
import type { NetworkRequest } from '../../contract/settings.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

const Row = z.object({ at_ms: z.number(), url: z.string(), purpose: z.string(), outcome: z.string(), bytes: z.number().nullable() })
  .transform(({ at_ms: atMs, ...row }): NetworkRequest => ({ atMs, ...row }))

/** Every request that ever went out, the newest first. */
export function networkRequests(db: ReadDatabase): NetworkRequest[] {
  return db.all('SELECT at_ms, url, purpose, outcome, bytes FROM network_request ORDER BY id DESC', Row)
}

/** Writes down a request before it goes out. Gives the number of its line. */
export function logRequest(db: WriteDatabase, { atMs, url, purpose, outcome, bytes }: NetworkRequest): number {
  return db.run('INSERT INTO network_request (at_ms, url, purpose, outcome, bytes) VALUES (@atMs, @url, @purpose, @outcome, @bytes)', { atMs, url, purpose, outcome, bytes }).lastRowId
}

/** What came of it so far. */
export function logOutcome(db: WriteDatabase, id: number, { outcome, bytes }: Pick<NetworkRequest, 'outcome' | 'bytes'>): void {
  db.run('UPDATE network_request SET outcome = @outcome, bytes = @bytes WHERE id = @id', { id, outcome, bytes })
}
