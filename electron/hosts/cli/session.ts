import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../core/errors.ts'
import { createApp } from '../../core/app.ts'
import type { Access } from '../../core/app.ts'
import type { AppEvent } from '../../contract/events.ts'
import { engineProtocol } from '../../contract/protocol.ts'
import type { Client } from '../../rpc/client.ts'
import { createClient } from '../../rpc/client.ts'
import { memoryChannels } from '../../rpc/channels.ts'
import { serve } from '../../rpc/server.ts'
import { libraryFolder } from '../../core/library-folder.ts'
import { realTools } from '../real-tools.ts'
import type { ProgressView } from './output/progress.ts'
import { barView, jsonView, lineView, silentView } from './output/progress.ts'

/** The options that every command takes. */
export interface CommonOptions { library?: string, json?: boolean, progress?: boolean }

/** How a command opens the library; `glance` reads one that is not there as an empty one. */
export type SessionAccess = Access | 'glance'

/** What a command works with: a client of the app, and where its words go. */
export interface Session {
  client: Client
  signal: AbortSignal
  folder: string
  options: CommonOptions
  /** Somebody sees progress and answer on the same terminal: what was shown on the way need not be said again. */
  isWatched: boolean
  /** One JSON value with --json, else the text. */
  answer(value: unknown, text: () => string): void
}

// What a terminal has that does not say how wide it is.
const USUAL_COLUMNS = 80

function progressView(options: CommonOptions): ProgressView {
  if (options.json === true) return options.progress === true ? jsonView(process.stderr) : silentView
  const columns = process.stderr.columns > 0 ? process.stderr.columns : USUAL_COLUMNS
  const terminal = { write: (text: string) => process.stderr.write(text), columns }
  return process.stderr.isTTY ? barView(terminal) : lineView(terminal)
}

/** The first Ctrl-C asks everything to stop where it can go on later; the second ends the process. */
function interruptSignal(): { signal: AbortSignal, release(): void } {
  const controller = new AbortController()
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(130)
    process.stderr.write('\nStopping. What is done is kept; Ctrl-C again ends at once.\n')
    controller.abort()
  }
  // SIGHUP: the terminal was closed.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, onInterrupt)
  return { signal: controller.signal, release: () => { for (const name of signals) process.off(name, onInterrupt) } }
}

function chosenFolder(options: CommonOptions): string {
  return libraryFolder(options.library, { platform: process.platform, env: process.env, home: homedir() })
}

// A folder that was named and holds no library is a slip of the pen; the usual one is just empty before the first import.
function refuseMissingLibrary(options: CommonOptions, folder: string): void {
  if (options.library === undefined || existsSync(path.join(folder, 'library.sqlite')) || (existsSync(folder) && !statSync(folder).isDirectory())) return
  throw new AppError('USAGE', { message: `There is no library in ${folder}.`, hint: 'An import makes one: scenedex import PATH --library FOLDER' })
}

/** Opens the library, runs `work` with it and closes it again, also after an error and after Ctrl-C. */
export async function withSession<Value>(options: CommonOptions, access: SessionAccess, work: (session: Session) => Promise<Value>): Promise<Value> {
  const folder = chosenFolder(options)
  if (access === 'read') refuseMissingLibrary(options, folder)
  const tools = realTools(folder)
  const app = await createApp({ folder, access: access === 'glance' ? 'read' : access, tools })
  const view = progressView(options)
  const interrupt = interruptSignal()
  const channels = memoryChannels()
  serve(channels.server, app, (call, error) => { tools.log.error(`something went wrong in ${call}`, error) })
  const client = createClient(engineProtocol, channels.client)
  client.onEvent((event: AppEvent) => { view.show(event) })
  try {
    return await work({
      client, folder, options,
      isWatched: process.stderr.isTTY && process.stdout.isTTY,
      signal: interrupt.signal,
      answer: (value, text) => {
        view.end()
        process.stdout.write(`${options.json === true ? JSON.stringify(value) : text()}\n`)
      },
    })
  } finally {
    view.end()
    await app.close()
    channels.close()
    interrupt.release()
  }
}
