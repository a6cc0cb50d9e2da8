import { create } from 'zustand'

/** A page of help that lies above the app: how to search, or the keys. */
export type HelpPage = 'query' | 'shortcuts'

export const useHelp = create<{ page: HelpPage | null }>(() => ({ page: null }))

export function showHelp(page: HelpPage): void {
  useHelp.setState({ page })
}

export function closeHelp(): void {
  useHelp.setState({ page: null })
}
