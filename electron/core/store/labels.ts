import { z } from 'zod'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { setting, setSetting } from './settings.ts'

const NAME = 'labels'
const Labels = z.string().transform((text) => JSON.parse(text) as unknown).pipe(z.array(z.string()))

/** The labels that the person has chosen; null where they are those that come with the app. */
export function ownLabels(db: ReadDatabase): string[] | null {
  const stored = setting(db, NAME)
  return stored === null ? null : Labels.parse(stored)
}

/** Keeps the person's labels; null goes back to those of the app. */
export function keepLabels(db: WriteDatabase, labels: readonly string[] | null): void {
  setSetting(db, NAME, labels === null ? null : JSON.stringify(labels))
}
