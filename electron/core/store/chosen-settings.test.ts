import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usualSettings } from '../../contract/settings.ts'
import { keepSettings, settingsOf } from './chosen-settings.ts'
import { setSetting, setting } from './settings.ts'
import { testLibrary } from './test-library.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
beforeEach(async () => { library = await testLibrary() })
afterEach(() => { library.close() })

describe('the settings', () => {
  it('are the usual ones until something is chosen', () => {
    expect(settingsOf(library.db)).toEqual(usualSettings)
  })

  it('change in what is given and keep the rest', () => {
    keepSettings(library.db, { theme: 'light' })
    keepSettings(library.db, { cores: 2 })
    expect(settingsOf(library.db)).toEqual({ ...usualSettings, theme: 'light', cores: 2 })
    keepSettings(library.db, { cores: null })
    expect(settingsOf(library.db)).toEqual({ ...usualSettings, theme: 'light' })
  })

  it('that this version does not understand are as if they had not been chosen, and the others hold', () => {
    setSetting(library.db, 'app', JSON.stringify({ theme: 'sepia', cores: -1, networkAllowed: false, export: { folder: 5 }, later: true }))
    expect(settingsOf(library.db)).toEqual({ ...usualSettings, networkAllowed: false })
  })

  it.each(['{', '[]', 'null', '"text"'])('are the usual ones when what was stored is damaged: %s', (text) => {
    setSetting(library.db, 'app', text)
    expect(settingsOf(library.db)).toEqual(usualSettings)
    keepSettings(library.db, { theme: 'dark' })
    expect(settingsOf(library.db)).toEqual({ ...usualSettings, theme: 'dark' })
  })

  it('of a newer version stay stored when an older one changes something', () => {
    setSetting(library.db, 'app', JSON.stringify({ later: true }))
    keepSettings(library.db, { theme: 'dark' })
    expect(JSON.parse(setting(library.db, 'app')!)).toEqual({ later: true, theme: 'dark' })
  })
})
