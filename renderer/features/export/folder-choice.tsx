import { FolderOpen } from 'lucide-react'
import { useEffect } from 'react'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { findUsualFolder, useExport } from '../../stores/export.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { Button } from '../../ui/button.tsx'
import { choosePaths } from '../library/choose-paths.ts'
import css from './folder-choice.module.css'

const { tray: text } = messages

/** Where clips go: the folder that was chosen, or the usual one; null before either is known. */
export function useExportFolder(): string | null {
  const chosen = useSettings(({ settings }) => settings.export.folder)
  const usual = useExport((state) => state.usualFolder)
  useEffect(() => { if (chosen === null) findUsualFolder().catch(reportError) }, [chosen])
  return chosen ?? usual
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
