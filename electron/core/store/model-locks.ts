import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { setSetting, setting } from './settings.ts'

/** The process that changes the files of a model; there is one at a time. */
const ModelHolder = z.object({ pid: z.number(), host: z.string(), token: z.string(), heartbeatMs: z.number() })
export type ModelHolder = z.infer<typeof ModelHolder>

const nameOf = (id: string): string => `model-lock:${id}`

export function modelHolder(db: ReadDatabase, id: string): ModelHolder | null {
  const text = setting(db, nameOf(id))
  return text === null ? null : ModelHolder.parse(JSON.parse(text))
}

/** Becomes the one that works on a model, or says that it still does, unless `isAtWork` says that another one does. */
export function takeModel(db: WriteDatabase, id: string, { self, isAtWork }: { self: ModelHolder, isAtWork: (holder: ModelHolder) => boolean }): boolean {
  return db.transaction(() => {
    const holder = modelHolder(db, id)
    if (holder !== null && holder.token !== self.token && isAtWork(holder)) return false
    setSetting(db, nameOf(id), JSON.stringify(self))
    return true
  })
}

export function leaveModel(db: WriteDatabase, id: string, token: string): void {
  db.transaction(() => {
    if (modelHolder(db, id)?.token === token) setSetting(db, nameOf(id), null)
  })
}
