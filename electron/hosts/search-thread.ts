import { Worker } from 'node:worker_threads'
import { searchProtocol } from '../contract/search-worker.ts'
import type { SearchStart } from '../contract/search-worker.ts'
import { AppError, isCancel } from '../core/errors.ts'
import type { OpenSearching, SearchedLibrary, SearchedModels } from '../core/ports.ts'
import { asAppError } from '../rpc/as-app-error.ts'
import { portChannel } from '../rpc/channels.ts'
import type { ClientOf } from '../rpc/client.ts'
import { createClient } from '../rpc/client.ts'
import { splitIntoLanes } from '../rpc/lanes.ts'
import { serve } from '../rpc/server.ts'
import { encoderService, workingModels } from './search-encoders.ts'

type SearchClient = ClientOf<typeof searchProtocol>
type OnBug = (text: string, cause?: unknown) => void

interface Thread {
  /** Asks the thread, and keeps the process alive until it has answered. */
  ask<Value>(work: (client: SearchClient) => Promise<Value>): Promise<Value>
  end(): Promise<void>
}

interface ThreadTools { workerFile: URL, models: SearchedModels, onBug: OnBug, onGone: () => void }

function startThread({ folder, file }: SearchedLibrary, { workerFile, models, onBug, onGone }: ThreadTools): Thread {
  const worker = new Worker(workerFile, { workerData: { folder, file } satisfies SearchStart })
  worker.unref()
  const lanes = splitIntoLanes(portChannel({
    postMessage: (message) => { worker.postMessage(message) },
    on: (event: 'message' | 'close', listener: (message: unknown) => void) => worker.on(event === 'close' ? 'exit' : event, listener),
  }))
  serve(lanes.open('encoders'), encoderService(models), (call, error) => { onBug(`something went wrong in ${call} for a search`, error) })
  const client = createClient(searchProtocol, lanes.open('search'))
  client.onEvent(({ bug }) => { onBug(`something went wrong in a search: ${bug}`) })
  let isEnding = false
  worker.on('error', (error) => { onBug('the thread that searches died', error) })
  worker.on('exit', (code) => {
    if (!isEnding) onBug(`the thread that searches ended with ${code}`)
    onGone()
  })
  let asking = 0
  return {
    ask: async (work) => {
      worker.ref()
      asking++
      try {
        return await work(client)
      } finally {
        asking--
        if (asking === 0) worker.unref()
      }
    },
    end: async () => {
      isEnding = true
      await worker.terminate()
    },
  }
}

const stopped = (cause: unknown): AppError => new AppError('INTERNAL', { message: 'What searches stopped working.', hint: 'It is started again at the next search.', cause })
const closing = (cause?: unknown): AppError => new AppError('CANCELLED', { message: 'The library is being closed.', cause })

/** Searches on a worker thread, which is started at the first question and again at the next one after it died. It keeps no process alive. */
export function searchThreads(workerFile: URL, onBug: OnBug): OpenSearching {
  return (library, models) => {
    const now: { thread: Thread | null, isClosed: boolean } = { thread: null, isClosed: false }
    const lost = (cause: AppError): AppError => now.isClosed ? closing(cause) : stopped(cause)

    const asked = async <Value>(ask: (client: SearchClient) => Promise<Value>, signal?: AbortSignal): Promise<Value> => {
      if (now.isClosed) throw closing()
      const used: Thread = now.thread ??= startThread(library, { workerFile, models, onBug, onGone: () => { if (now.thread === used) now.thread = null } })
      try {
        return await used.ask(ask)
      } catch (caught) {
        // Who has stopped it hears nothing else, whatever happened meanwhile.
        signal?.throwIfAborted()
        const error = asAppError(caught)
        throw error instanceof AppError && error.code === 'CHANNEL_CLOSED' ? lost(error) : error
      }
    }

    return {
      query: async (input, signal) => {
        // The thread starts while the models are looked up.
        return asked(async (client) => client.call('query', { asked: input, models: await workingModels(models) }, signal), signal)
      },
      similar: (input, signal) => asked((client) => client.call('similar', input, signal), signal),
      begin: () => {
        // What is in the way is said to who asks, and was told of where it is a bug.
        asked((client) => client.call('prepare', {})).catch((error: unknown) => { if (!(error instanceof AppError) && !isCancel(error)) onBug('the search could not be prepared', error) })
      },
      close: async () => {
        now.isClosed = true
        const last = now.thread
        now.thread = null
        await last?.end()
      },
    }
  }
}
