import { create } from 'zustand'
import { host } from '../../api.ts'
import { reportError } from '../../report-error.ts'
import { useHost } from '../../stores/host.ts'

export type PickKind = 'videos' | 'folder' | 'archive'

export interface PickQuestion {
  what: PickKind
  title: string
  /** Where to begin; the person's home when null. */
  folder: string | null
  answer(paths: readonly string[] | null): void
}

/** What the app's own picker is open for; the picker is `<FilePicker />`, shown once around the app. */
export const usePicker = create<{ question: PickQuestion | null }>(() => ({ question: null }))

export interface PickOptions { what: PickKind, title: string, folder?: string | null }

/**
 * Asks the person for videos (several files, or whole folders), for one folder or for one zip or tar: with the system's own dialog where the
 * host has it, else with the app's. Null when they cancelled.
 */
export async function choosePaths({ what, title, folder = null }: PickOptions): Promise<readonly string[] | null> {
  if (useHost.getState().info?.can.pick === true) {
    try {
      return (await host.call('host.pick', { what, title })).paths
    } catch (error) {
      reportError(error)
      return null
    }
  }
  usePicker.getState().question?.answer(null)
  return new Promise((resolve) => {
    usePicker.setState({ question: { what, title, folder, answer: (paths) => { usePicker.setState({ question: null }); resolve(paths) } } })
  })
}
