import type { ExportChoices, Reel } from '../../../../electron/contract/export-choices.ts'
import { useExport } from '../../../stores/export.ts'
import { changeSettings, useSettings } from '../../../stores/settings.ts'
import { useMemo } from 'react'
import { withChange } from './choice-rules.ts'

/** All that is chosen for the next export. */
export function useChoices(): ExportChoices {
  const kept = useSettings(({ settings }) => settings.export)
  const reel = useExport((state) => state.reel)
  return useMemo(() => {
    const { folder: _folder, ...choices } = kept
    return { ...choices, reel }
  }, [kept, reel])
}

/** A reel of hard cuts. */
export const plainReel = (name: string): Reel => ({ name, crossfadeSeconds: 0, titleCards: false, chapters: true })

/** Chooses something else. All but the reel is kept in the settings. */
export function choose(change: Partial<ExportChoices>): void {
  const { folder, ...kept } = useSettings.getState().settings.export
  const { reel, ...choices } = withChange<ExportChoices>({ ...kept, reel: useExport.getState().reel }, change)
  useExport.setState({ reel })
  void changeSettings({ export: { folder, ...choices } })
}
