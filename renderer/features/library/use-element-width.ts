import type { RefObject } from 'react'
import { useEffect, useState } from 'react'

/** The inner width of an element in CSS pixels; 0 before it is measured. */
export function useElementWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => { if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width)) })
    observer.observe(element)
    return () => { observer.disconnect() }
  }, [ref])
  return width
}
