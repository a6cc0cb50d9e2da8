import { Worker } from 'node:worker_threads'
import { encoderProtocol, searchProtocol } from '../contract/search-worker.ts'
import type { SearchStart } from '../contract/search-worker.ts'
import { AppError } from '../core/errors.ts'
import type { Embedder, Models, OpenSearching } from '../core/ports.ts'
import { portChannel } from '../rpc/channels.ts'
import type { ClientOf } from '../rpc/client.ts'
import { RemoteError, createClient } from '../rpc/client.ts'
import { splitIntoLanes } from '../rpc/lanes.ts'
import type { Service } from '../rpc/server.ts'
import { serve } from '../rpc/server.ts'

type Encoders = Pick<Models, 'pictures' | 'text' | 'embedderOf'>

function noModel(model: string): AppError {
  return new AppError('MODEL_MISSING', { message: `The model ${model} is not installed any more.`, hint: 'Settings > Models shows what is there.' })
}

function encoderService(models: Encoders): Service<typeof encoderProtocol> {
  const named = async (model: string): Promise<Embedder> => {
    const found = await models.embedderOf(model)
    if (found === null) throw noModel(model)
    return found
  }
  return {
    protocol: encoderProtocol,
    handlers: {
      chosen: async ({ modality }) => ({ model: (await (modality === 'picture' ? models.pictures() : models.text()))?.id ?? null }),
      named: async ({ model }) => ({ isInstalled: await models.embedderOf(model) !== null }),
      embed: async ({ model, texts }, { signal }) => ({ vectors: await (await named(model)).embed({ of: 'queries', texts }, signal) }),
    },
    subscribe: () => () => undefined,
  }
}

interface Thread { client: ClientOf<typeof searchProtocol>, worker: Worker }

/** A failure of the thread as any other error of the product. */
function toAppError(error: unknown): unknown {
  if (!(error instanceof RemoteError)) return error
  if (error.code === 'CHANNEL_CLOSED') return new AppError('INTERNAL', { message: 'What searches stopped working.', hint: 'It is started again at the next search.', cause: error })
  return new AppError(error.code, { message: error.message, hint: error.hint, cause: error })
}

/** Searches on a worker thread, which is started at the first question and again at the next one after it died. It keeps no process alive. */
export function searchThreads(workerFile: URL, onBug: (text: string, cause?: unknown) => void): OpenSearching {
  return (folder, models) => {
    let thread: Thread | null = null
    const start = (): Thread => {
      const worker = new Worker(workerFile, { workerData: { folder } satisfies SearchStart })
      worker.unref()
      const lanes = splitIntoLanes(portChannel({
        postMessage: (message) => { worker.postMessage(message) },
        on: (event: 'message' | 'close', listener: (message: unknown) => void) => worker.on(event === 'close' ? 'exit' : event, listener),
      }))
      serve(lanes.open('encoders'), encoderService(models), (call, error) => { onBug(`something went wrong in ${call} for a search`, error) })
      const client = createClient(searchProtocol, lanes.open('search'))
      client.onEvent(({ bug }) => { onBug('something went wrong in a search', bug) })
      const started = { client, worker }
      worker.on('error', (error) => { onBug('the thread that searches died', error) })
      worker.on('exit', () => { if (thread === started) thread = null })
      return started
    }
    let waiting = 0
    const asked = async <Value>(ask: (client: Thread['client']) => Promise<Value>): Promise<Value> => {
      const used = thread ??= start()
      used.worker.ref()
      waiting++
      try {
        return await ask(used.client)
      } catch (error) {
        throw toAppError(error)
      } finally {
        waiting--
        if (waiting === 0) used.worker.unref()
      }
    }
    return {
      query: (input, signal) => asked((client) => client.call('query', input, signal)),
      similar: (input, signal) => asked((client) => client.call('similar', input, signal)),
      begin: () => { thread ??= start() },
      close: async () => {
        const last = thread
        thread = null
        await last?.worker.terminate()
      },
    }
  }
}
