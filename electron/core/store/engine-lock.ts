import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'

/** The process that works on the queue; there is one at a time. */
export interface EngineHolder { pid: number, host: string, token: string, heartbeatMs: number }

const Row = z.object({ pid: z.number(), host: z.string(), token: z.string(), heartbeat_ms: z.number() })
  .transform((row): EngineHolder => ({ pid: row.pid, host: row.host, token: row.token, heartbeatMs: row.heartbeat_ms }))

export function engineHolder(db: ReadDatabase): EngineHolder | undefined {
  return db.get('SELECT pid, host, token, heartbeat_ms FROM engine', Row)
}

/** Becomes the one that works, unless `isAtWork` says that the one that is there still does. */
export function takeEngine(db: WriteDatabase, self: EngineHolder, isAtWork: (holder: EngineHolder) => boolean): boolean {
  return db.transaction(() => {
    const holder = engineHolder(db)
    if (holder !== undefined && holder.token !== self.token && isAtWork(holder)) return false
    db.run('INSERT OR REPLACE INTO engine (only, pid, host, token, heartbeat_ms) VALUES (1, @pid, @host, @token, @heartbeatMs)', { ...self })
    return true
  })
}

/** A sign of life. False when another process has taken over. */
export function beat(db: WriteDatabase, token: string, nowMs: number): boolean {
  return db.run('UPDATE engine SET heartbeat_ms = @nowMs WHERE token = @token', { token, nowMs }).changes === 1
}

export function leaveEngine(db: WriteDatabase, token: string): void {
  db.run('DELETE FROM engine WHERE token = @token', { token })
}
