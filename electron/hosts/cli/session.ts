import { homedir } from 'node:os'
import { createApp } from '../../core/app.ts'
import type { Access } from '../../core/app.ts'
import type { AppEvent } from '../../contract/events.ts'
import type { Client } from '../../rpc/client.ts'
import { createClient } from '../../rpc/client.ts'
import { memoryChannels } from '../../rpc/channels.ts'
import { serve } from '../../rpc/server.ts'
import { libraryFolder } from '../../core/library-folder.ts'
import { realTools } from './real-tools.ts'
import type { ProgressView } from './output/progress.ts'
import { barView, jsonView, lineView, silentView } from './output/progress.ts'

/** The options that every command takes. */
export interface CommonOptions { library?: string, json?: boolean, progress?: boolean }

/** What a command works with: a client of the app, and where its words go. */
export interface Session {
  client: Client
  signal: AbortSignal
  folder: string
  options: CommonOptions
  /** One JSON value with --json, else the text. */
  answer(value: unknown, text: () => string): void
}

function progressView(options: CommonOptions): ProgressView {
  if (options.json === true) return options.progress === true ? jsonView(process.stderr) : silentView
  const terminal = { write: (text: string) => process.stderr.write(text), isTerminal: process.stderr.isTTY, columns: process.stderr.columns }
  return terminal.isTerminal ? barView(terminal) : lineView(terminal)
}

/** The first Ctrl-C asks everything to stop where it can go on later; the second ends the process. */
function interruptSignal(): { signal: AbortSignal, release(): void } {
  const controller = new AbortController()
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(130)
    process.stderr.write('\nStopping. What is done is kept; Ctrl-C again ends at once.\n')
    controller.abort()
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onInterrupt)
  return { signal: controller.signal, release: () => { process.off('SIGINT', onInterrupt); process.off('SIGTERM', onInterrupt) } }
}

export function chosenFolder(options: CommonOptions): string {
  return libraryFolder(options.library, { platform: process.platform, env: process.env, home: homedir() })
}

/** Opens the library, runs `work` with it and closes it again, also after an error and after Ctrl-C. */
export async function withSession<Value>(options: CommonOptions, access: Access, work: (session: Session) => Promise<Value>): Promise<Value> {
  const folder = chosenFolder(options)
  const app = await createApp({ folder, access, tools: realTools(folder) })
  const view = progressView(options)
  const interrupt = interruptSignal()
  const channels = memoryChannels()
  serve(channels.server, app)
  const client = createClient(channels.client)
  client.onEvent((event: AppEvent) => { view.show(event) })
  try {
    return await work({
      client, folder, options,
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
