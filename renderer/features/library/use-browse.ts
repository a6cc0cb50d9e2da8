import { useCallback, useEffect, useState } from 'react'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { Browsed } from '../../../electron/contract/host.ts'
import { host } from '../../api.ts'
import { errorShape } from '../../report-error.ts'

interface Browse {
  /** Null before the first answer. */
  browsed: Browsed | null
  /** Of the last folder that was asked for; what was shown before stays. */
  error: ErrorShape | null
  isLoading: boolean
  open(folder: string | null): void
}

const LAST_FOLDER_KEY = 'scenedex-last-folder'

/** Looks into folders of this machine, beginning where the person was last. */
export function useBrowse(start: string | null): Browse {
  const [asked, setAsked] = useState<{ folder: string | null }>(() => ({ folder: start ?? localStorage.getItem(LAST_FOLDER_KEY) }))
  const [answer, setAnswer] = useState<{ asked: object | null, browsed: Browsed | null, error: ErrorShape | null }>({ asked: null, browsed: null, error: null })

  useEffect(() => {
    let isOver = false
    host.call('host.browse', { folder: asked.folder }).then(
      (browsed) => {
        if (isOver) return
        localStorage.setItem(LAST_FOLDER_KEY, browsed.folder)
        setAnswer({ asked, browsed, error: null })
      },
      (error: unknown) => {
        if (isOver) return
        setAnswer((before) => ({ ...before, asked, error: errorShape(error) }))
        // The folder of the last time may be on a drive that is away now: then begin at home, without a complaint.
        if (asked.folder !== null && asked.folder === localStorage.getItem(LAST_FOLDER_KEY)) { localStorage.removeItem(LAST_FOLDER_KEY); setAsked({ folder: null }) }
      },
    )
    return () => { isOver = true }
  }, [asked])

  const open = useCallback((folder: string | null) => { setAsked({ folder }) }, [])
  return { browsed: answer.browsed, error: answer.error, isLoading: answer.asked !== asked, open }
}
