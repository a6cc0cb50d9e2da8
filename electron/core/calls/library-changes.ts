import type { AppContext } from './context.ts'

// Whoever hears of it asks for all videos again: when hundreds are removed in a row, once in a while is enough.
const APART_MS = 300

/** Tells that videos came or went: the first time at once, then at most some times a second, and always after the last one. */
export function libraryChanges({ emit, onClose }: Pick<AppContext, 'emit' | 'onClose'>): () => void {
  let timer: NodeJS.Timeout | null = null
  let isDue = false
  const tell = (): void => {
    isDue = false
    emit({ type: 'library-changed' })
    timer = setTimeout(() => {
      timer = null
      if (isDue) tell()
    }, APART_MS)
  }
  onClose(async () => { if (timer !== null) clearTimeout(timer) })
  return () => {
    if (timer === null) tell()
    else isDue = true
  }
}
