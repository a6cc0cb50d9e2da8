import { fileURLToPath } from 'node:url'
import { forkNode } from '../../../native/processes/fork-node.ts'
import { superviseEngine } from '../engine-supervisor.ts'
import { libraryPaths } from '../../core/store/folder.ts'
import type { WebServer } from './web-server.ts'
import { startWebServer } from './web-server.ts'

// Built, every program is one file in out/, beside out/renderer; from source this file stands three folders below the top.
const isBuilt = import.meta.url.endsWith('.js')
const engineFile = fileURLToPath(new URL(isBuilt ? './engine.js' : '../engine/main.ts', import.meta.url))
const builtPage = fileURLToPath(new URL(isBuilt ? './renderer' : '../../../out/renderer', import.meta.url))

export interface WebHostOptions {
  library: string
  port: number
  onBug(where: string, error: unknown): void
}

/** Starts engine and server of a library. Throws what keeps the library from being opened, and USAGE where the port is taken. */
export async function startWebHost({ library, port, onBug }: WebHostOptions): Promise<WebServer> {
  const engine = superviseEngine(() => forkNode(engineFile, [library]))
  const server = await startWebServer({ port, importsFolder: libraryPaths(library).imports, rendererFolder: builtPage, engine, onBug })
  const close = async (): Promise<void> => { await Promise.all([server.close(), engine.stop()]) }
  try {
    await engine.start()
    return { ...server, close }
  } catch (error) {
    await close()
    throw error
  }
}
