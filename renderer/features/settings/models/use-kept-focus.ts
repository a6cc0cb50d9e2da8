import type { FocusEvent, RefObject } from 'react'
import { useEffect, useRef } from 'react'

interface KeptFocus<Part extends HTMLElement> {
  ref: RefObject<Part | null>
  tabIndex: -1
  onFocus(): void
  onBlur(event: FocusEvent<Part>): void
}

/**
 * For a part of a page whose buttons go when `state` changes, as Install does when it was pressed: who was in it with the keyboard stays in it, and is not
 * thrown to the top of the page. To be spread over its element.
 */
export function useKeptFocus<Part extends HTMLElement>(state: string): KeptFocus<Part> {
  const ref = useRef<Part>(null)
  const isHere = useRef(false)
  useEffect(() => {
    // A dialog that closes at the same time gives the focus back first.
    const timer = setTimeout(() => { if (isHere.current && document.activeElement === document.body) ref.current?.focus({ preventScroll: true }) }, 0)
    return () => { clearTimeout(timer) }
  }, [state])
  return {
    ref, tabIndex: -1,
    onFocus: () => { isHere.current = true },
    // A button that goes takes the focus nowhere: then there is no other element.
    onBlur: ({ relatedTarget, currentTarget }) => { if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) isHere.current = false },
  }
}
