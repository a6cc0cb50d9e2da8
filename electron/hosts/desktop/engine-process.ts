import type { EngineProcess } from '../engine-supervisor.ts'

/** What of Electron's UtilityProcess is used. */
export interface Utility<Port> {
  postMessage(message: unknown, transfer?: Port[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  kill(): boolean
}

export interface UtilityEngine<Port> {
  /** To be given to the supervisor. */
  launch(): EngineProcess
  /** Gives one end of a pair of ports to the engine, which answers calls there: what a page asks does not pass this process. */
  handOver(port: Port): void
}

/** The engine in a process of Electron's kind. */
export function utilityEngine<Port>(fork: () => Utility<Port>): UtilityEngine<Port> {
  let current: Utility<Port> | null = null
  return {
    launch: () => {
      const utility = fork()
      current = utility
      return {
        send: (message) => { utility.postMessage(message) },
        onMessage: (listener) => { utility.on('message', listener) },
        onExit: (listener) => {
          utility.on('exit', (code) => {
            if (current === utility) current = null
            listener({ code, signal: null })
          })
        },
        // Windows knows no signal that asks.
        stop: () => { utility.postMessage({ lane: 'engine', message: { end: true } }) },
        kill: () => { utility.kill() },
      }
    },
    handOver: (port) => { current?.postMessage({ port: true }, [port]) },
  }
}

export interface EngineSurroundings {
  env: Record<string, string | undefined>
  platform: NodeJS.Platform
  resourcesFolder: string
}

/**
 * The environment of the engine. A program that is started from a dock has not the PATH of a terminal: without these ffmpeg would be
 * found from the command line and not from the window. What the app brought along comes first.
 */
export function engineEnvironment({ env, platform, resourcesFolder }: EngineSurroundings): Record<string, string | undefined> {
  const [separator, join] = platform === 'win32' ? [';', '\\'] : [':', '/']
  const usual = platform === 'darwin' ? ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'] : []
  // Windows calls it Path and does not mind; a copy of its environment does, and two of them would leave it to chance which one holds.
  const isPath = (name: string): boolean => (platform === 'win32' ? name.toUpperCase() : name) === 'PATH'
  const given = Object.entries(env).find(([name]) => isPath(name))?.[1] ?? ''
  const known = given.split(separator).filter(Boolean)
  const folders = [`${resourcesFolder}${join}ffmpeg`, ...known, ...usual.filter((folder) => !known.includes(folder))]
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !isPath(name))), PATH: folders.join(separator) }
}
