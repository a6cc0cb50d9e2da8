import type { RefObject } from 'react'
import { useEffect, useState } from 'react'
import { reportError } from '../../report-error.ts'

/** Whether an element fills the screen, and what makes it so or ends it. */
export function useFullScreen(element: RefObject<HTMLElement | null>): [boolean, () => void] {
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    const look = (): void => { setFull(document.fullscreenElement !== null && document.fullscreenElement === element.current) }
    document.addEventListener('fullscreenchange', look)
    return () => { document.removeEventListener('fullscreenchange', look) }
  }, [element])
  const toggle = (): void => {
    if (document.fullscreenElement === null) element.current?.requestFullscreen().catch(reportError)
    else document.exitFullscreen().catch(reportError)
  }
  return [isFull, toggle]
}
