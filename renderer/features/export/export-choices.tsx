import { FolderOpen } from 'lucide-react'
import { useEffect } from 'react'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { findUsualFolder, useExport } from '../../stores/export.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { choosePaths } from '../library/choose-paths.ts'
import css from './export-choices.module.css'

const { tray: text } = messages

const modes = [
  { value: 'auto', label: text.modes.auto, hint: text.modeHints.auto },
  { value: 'copy', label: text.modes.copy, hint: text.modeHints.copy },
  { value: 'smart', label: text.modes.smart, hint: text.modeHints.smart },
  { value: 'exact', label: text.modes.exact, hint: text.modeHints.exact },
] as const

const captionKinds = [
  { value: 'none', label: text.captionKinds.none },
  { value: 'sidecar', label: text.captionKinds.sidecar },
  { value: 'embedded', label: text.captionKinds.embedded },
  { value: 'burned', label: text.captionKinds.burned },
] as const

/** Where clips go: the folder that was chosen, or the usual one; null before either is known. */
export function useExportFolder(): string | null {
  const chosen = useSettings(({ settings }) => settings.export.folder)
  const usual = useExport((state) => state.usualFolder)
  useEffect(() => { if (chosen === null) findUsualFolder().catch(reportError) }, [chosen])
  return chosen ?? usual
}

/** How clips are cut, and whether captions go with them. Kept in the settings. */
export function ModeAndCaptions() {
  const current = useSettings(({ settings }) => settings.export)
  return (
    <>
      <Select label={text.mode} isLabelShown value={current.mode} options={modes} onChange={(mode) => { void changeSettings({ export: { ...current, mode } }) }} />
      <Select
        label={text.captions} isLabelShown value={current.captions} options={captionKinds}
        onChange={(captions) => { void changeSettings({ export: { ...current, captions } }) }}
      />
    </>
  )
}

/** The folder that clips are written to. Kept in the settings. */
export function FolderChoice() {
  const current = useSettings(({ settings }) => settings.export)
  const folder = useExportFolder()
  const choose = async (): Promise<void> => {
    const [chosen] = await choosePaths({ what: 'folder', title: text.chooseFolder, folder: current.folder }) ?? []
    if (chosen !== undefined) await changeSettings({ export: { ...current, folder: chosen } })
  }
  return (
    <div className={css.folder}>
      <FolderOpen aria-hidden="true" />
      <span className={css.path} title={folder ?? undefined}><span className="visually-hidden">{text.folder}: </span><bdi>{folder ?? text.folderUnknown}</bdi></span>
      <Button kind="quiet" onClick={() => { void choose() }}>{text.changeFolder}</Button>
    </div>
  )
}
