import type { Client } from '../../rpc/client.ts'

export interface ImportQueue {
  add(paths: readonly string[]): void
}

/**
 * Files and folders that the system hands to the program: by its command line, a second start, or dropping them on its icon.
 * What comes before the engine runs is kept for it.
 */
export function importQueue(client: Pick<Client, 'call'>, engine: { state(): string, onState(listener: (state: string) => void): unknown }, onFailed: (error: unknown) => void): ImportQueue {
  const waiting = new Set<string>()
  const go = (): void => {
    if (engine.state() !== 'running' || waiting.size === 0) return
    const paths = [...waiting]
    waiting.clear()
    client.call('library.import', { paths }).catch(onFailed)
  }
  engine.onState(go)
  return {
    add: (paths) => {
      for (const path of paths) waiting.add(path)
      go()
    },
  }
}
