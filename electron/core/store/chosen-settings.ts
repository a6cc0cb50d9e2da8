import type { Settings } from '../../contract/settings.ts'
import { Settings as SettingsShape, usualSettings } from '../../contract/settings.ts'
import type { ReadDatabase, WriteDatabase } from '../ports.ts'
import { setting, setSetting } from './settings.ts'

const NAME = 'app'

function stored(db: ReadDatabase): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(setting(db, NAME) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {} // of no use any more: what is usual holds
  }
}

/** What the person has chosen. A value that this version does not understand is as if it had not been chosen. */
export function settingsOf(db: ReadDatabase): Settings {
  const chosen = Object.entries(stored(db)).filter(([name, value]) => {
    const field = Object.hasOwn(SettingsShape.shape, name) ? SettingsShape.shape[name as keyof Settings] : undefined
    return field?.safeParse(value).success === true
  })
  return SettingsShape.parse({ ...usualSettings, ...Object.fromEntries(chosen) })
}

/** Keeps what was chosen and leaves the rest: what is usual may change with the version. */
export function keepSettings(db: WriteDatabase, change: { [Name in keyof Settings]?: Settings[Name] | undefined }): void {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  setSetting(db, NAME, JSON.stringify({ ...stored(db), ...Object.fromEntries(given) }))
}
