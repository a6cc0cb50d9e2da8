import type { WorkWatch } from './work-watch.ts'

/** Gives what is to be done when the window is about to close: it asks as long as there is unfinished work. */
export function closeGuard(work: WorkWatch, ask: (about: 'exporting' | 'working') => Promise<boolean>, close: () => void): (event: { preventDefault(): void }) => void {
  let isAgreed = false
  let isAsking = false
  const askFirst = async (about: 'exporting' | 'working'): Promise<void> => {
    isAsking = true
    try {
      isAgreed = await ask(about)
    } finally {
      isAsking = false
    }
    if (isAgreed) close()
  }
  return (event) => {
    if (isAgreed || !(work.isExporting() || work.isWorking())) return
    event.preventDefault()
    if (!isAsking) void askFirst(work.isExporting() ? 'exporting' : 'working')
  }
}
