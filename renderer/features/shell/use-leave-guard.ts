import { useEffect } from 'react'
import { useExport } from '../../stores/export.ts'
import { useHost } from '../../stores/host.ts'
import { isOver } from '../export/export-run.ts'
import { useImport } from '../library/import-run.ts'

/** What ends with the page: the engine stops what a client asked for when the client goes. Work on videos in the queue goes on. */
function isBusy(): boolean {
  return useExport.getState().runs.some((run) => !isOver(run)) || useImport.getState().run !== null
}

/** In a browser, closing or reloading the page asks first while an export or an import is under way. A window asks by itself. */
export function useLeaveGuard(): void {
  const isInBrowser = useHost((state) => state.info?.kind === 'web')
  useEffect(() => {
    if (!isInBrowser) return
    const ask = (event: BeforeUnloadEvent): void => { if (isBusy()) event.preventDefault() }
    window.addEventListener('beforeunload', ask)
    return () => { window.removeEventListener('beforeunload', ask) }
  }, [isInBrowser])
}
