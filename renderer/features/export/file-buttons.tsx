import { Copy, FolderOpen } from 'lucide-react'
import { host } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { useHost } from '../../stores/host.ts'
import { IconButton } from '../../ui/button.tsx'
import { toast } from '../../ui/toasts.tsx'
import css from './export-panel.module.css'

/** The name of a file without its folder. */
export const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

/** Puts a path on the clipboard; where that is refused, says it so that it can be copied by hand. */
export async function copyPath(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(path)
    toast({ text: messages.tray.copied })
  } catch {
    toast({ text: messages.tray.copyFailed, hint: path, tone: 'bad' })
  }
}

/** Opens the folder of a file, with the file selected. */
export function showInFolder(path: string): void {
  host.call('host.showInFolder', { path }).catch(reportError)
}

/** What can be done with a written file. */
export function FileButtons({ path }: { path: string }) {
  const canShow = useHost(({ info }) => info?.can.showInFolder === true)
  return (
    <div className={css.buttons}>
      {canShow ? <IconButton label={messages.tray.showInFolder} icon={<FolderOpen />} onClick={() => { showInFolder(path) }} /> : null}
      <IconButton label={messages.tray.copyPath} icon={<Copy />} onClick={() => { void copyPath(path) }} />
    </div>
  )
}
