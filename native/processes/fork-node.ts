import { fork } from 'node:child_process'

/** A Node process of ours that talks. Messages keep their types (structured clone). */
export interface NodeProcess {
  readonly pid: number | undefined
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Told once, also when it could not be started. */
  onExit(listener: (how: { code: number | null, signal: string | null }) => void): void
  /** Asks it to end; it may take its time. */
  stop(): void
  kill(): void
}

/** Starts a file of ours in a Node of its own. Its stdout and stderr are ours. */
export function forkNode(file: string, args: readonly string[]): NodeProcess {
  const child = fork(file, [...args], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let hasEnded = false
  const onExit: ((how: { code: number | null, signal: string | null }) => void)[] = []
  const tell = (code: number | null, signal: string | null): void => {
    if (hasEnded) return
    hasEnded = true
    for (const listener of onExit) listener({ code, signal })
  }
  child.on('error', () => { tell(null, null) })
  child.on('exit', tell)
  return {
    pid: child.pid,
    // One that is just dying can not be sent anything; its exit tells of it.
    send: (message) => { if (child.connected) child.send(message as object, () => undefined) },
    onMessage: (listener) => { child.on('message', listener) },
    onExit: (listener) => { onExit.push(listener) },
    // Windows knows no signal that asks; there the end of the channel does.
    stop: () => { if (process.platform === 'win32' && child.connected) child.disconnect(); else child.kill('SIGTERM') },
    kill: () => { child.kill('SIGKILL') },
  }
}
