import type { ReactNode } from 'react'

/** To be written: the whole window takes dropped files. */
export function ImportZone({ children }: { children: ReactNode }) {
  return <>{children}</>
}
