import { FolderDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { host, pathOf } from '../../api.ts'
import { droppedFiles } from '../../dropped-files.ts'
import { messages } from '../../messages.ts'
import { useHost } from '../../stores/host.ts'
import { toast } from '../../ui/toasts.tsx'
import { FilePicker } from './file-picker.tsx'
import { importChosenFiles, importChosenFolder } from './import-actions.ts'
import { ImportPanel } from './import-panel.tsx'
import { ImportReportDialog } from './import-report.tsx'
import { followImport, importGiven, importPaths, reportDropFailure } from './import-run.ts'
import css from './import-zone.module.css'

const text = messages.library.importing

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

async function take(transfer: DataTransfer): Promise<void> {
  // A window tells where files and folders lie, a browser only what is in them.
  const paths = [...transfer.files].map(pathOf).filter((path) => path !== null)
  if (paths.length > 0) return importPaths(paths)
  const given = await droppedFiles(transfer)
  if (given.length === 0) toast({ text: text.nothingDropped })
  else await importGiven(given)
}

/** True while files are dragged over the window; what is dropped is taken in. */
function useDrops(): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    // Only a leave out of the window has nothing that is entered.
    const onLeave = (event: DragEvent): void => { if (event.relatedTarget === null) setOver(false) }
    const onDrop = (event: DragEvent): void => {
      setOver(false)
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      take(event.dataTransfer).catch(reportDropFailure)
    }
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('dragenter', onDrag, { signal })
    window.addEventListener('dragover', onDrag, { signal })
    window.addEventListener('dragleave', onLeave, { signal })
    window.addEventListener('drop', onDrop, { signal })
    return () => { listening.abort() }
  }, [])
  return isOver
}

function DropOverlay() {
  const isUpload = useHost((state) => state.info?.can.upload === true)
  return (
    <div className={css.overlay}>
      <div className={css.target}>
        <FolderDown aria-hidden="true" />
        <p className={css.dropTitle}>{text.dropTitle}</p>
        <p>{isUpload ? text.dropUploadHint : text.dropHint}</p>
      </div>
    </div>
  )
}

/** The whole window takes dropped files and folders; also what the native menu asks to add. */
export function ImportZone({ children }: { children: ReactNode }) {
  const isOver = useDrops()
  useEffect(followImport, [])
  useEffect(() => host.onEvent((event) => {
    if (event.type !== 'menu') return
    if (event.action === 'import-files') void importChosenFiles()
    else if (event.action === 'import-folder') void importChosenFolder()
  }), [])
  return (
    <>
      {children}
      <ImportPanel />
      <ImportReportDialog />
      <FilePicker />
      {isOver ? <DropOverlay /> : null}
    </>
  )
}
