import { FolderDown, ScanSearch } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { host, pathOf } from '../../api.ts'
import { droppedFiles } from '../../dropped-files.ts'
import { messages } from '../../messages.ts'
import { useHost } from '../../stores/host.ts'
import { toast } from '../../ui/toasts.tsx'
import { givenKind } from '../search/given-kind.ts'
import { refuseOthers, takePictures } from '../search/search-by-picture.ts'
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

type Dragged = 'nothing' | 'videos' | 'pictures'

/** What is dragged, as far as the browser tells before it is dropped. */
function draggedIn(transfer: DataTransfer): Dragged {
  const files = [...transfer.items].filter(({ kind }) => kind === 'file')
  return files.length > 0 && files.every(({ type }) => givenKind({ type, name: '' }) === 'picture') ? 'pictures' : 'videos'
}

const isOnSearchBox = ({ target }: DragEvent): boolean => target instanceof Element && target.closest('search') !== null

/** A picture is searched by, wherever it falls. All else is for the library, and on the search box what can not be a video is for nobody. */
function takeDrop(event: DragEvent, transfer: DataTransfer): void {
  const files = [...transfer.files]
  if (takePictures(files) || (isOnSearchBox(event) && refuseOthers(files))) return
  take(transfer).catch(reportDropFailure)
}

/** What is dragged over the window; what is dropped is taken in. */
function useDrops(): Dragged {
  const [dragged, setDragged] = useState<Dragged>('nothing')
  useEffect(() => {
    const onDrag = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setDragged(draggedIn(event.dataTransfer))
    }
    // Only a leave out of the window has nothing that is entered.
    const onLeave = (event: DragEvent): void => { if (event.relatedTarget === null) setDragged('nothing') }
    const onDrop = (event: DragEvent): void => {
      setDragged('nothing')
      if (!hasFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      takeDrop(event, event.dataTransfer)
    }
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('dragenter', onDrag, { signal })
    window.addEventListener('dragover', onDrag, { signal })
    window.addEventListener('dragleave', onLeave, { signal })
    window.addEventListener('drop', onDrop, { signal })
    return () => { listening.abort() }
  }, [])
  return dragged
}

function DropOverlay({ isPicture }: { isPicture: boolean }) {
  const isUpload = useHost((state) => state.info?.can.upload === true)
  const { byPicture } = messages.search
  const hint = isUpload ? text.dropUploadHint : text.dropHint
  return (
    <div className={css.overlay}>
      <div className={css.target}>
        {isPicture ? <ScanSearch aria-hidden="true" /> : <FolderDown aria-hidden="true" />}
        <p className={css.dropTitle}>{isPicture ? byPicture.dropTitle : text.dropTitle}</p>
        <p>{isPicture ? byPicture.dropHint : hint}</p>
      </div>
    </div>
  )
}

/** The whole window takes dropped files and folders, and pictures to search by; also what the native menu asks to add. */
export function ImportZone({ children }: { children: ReactNode }) {
  const dragged = useDrops()
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
      {dragged === 'nothing' ? null : <DropOverlay isPicture={dragged === 'pictures'} />}
    </>
  )
}
