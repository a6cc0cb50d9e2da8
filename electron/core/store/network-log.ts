import { z } from 'zod'
import type { NetworkRequest } from '../../contract/settings.ts'
import type { ReadDatabase } from '../ports.ts'

const Row = z.object({ at_ms: z.number(), url: z.string(), purpose: z.string(), outcome: z.string(), bytes: z.number().nullable() })
  .transform(({ at_ms: atMs, ...row }): NetworkRequest => ({ atMs, ...row }))

/** Every request that ever went out, the newest first. */
export function networkRequests(db: ReadDatabase): NetworkRequest[] {
  return db.all('SELECT at_ms, url, purpose, outcome, bytes FROM network_request ORDER BY id DESC', Row)
}
