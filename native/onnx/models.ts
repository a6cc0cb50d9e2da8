import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../electron/core/errors.ts'
import type { Models, PictureModel } from '../../electron/core/ports.ts'
import type { InferenceRequest, InferenceStart } from './inference-wire.ts'
import { InferenceAnswer } from './inference-wire.ts'
import { isPictureModel } from './picture-model.ts'

interface Waiting { resolve(vectors: Float32Array[]): void, reject(error: Error): void }
type Question = { kind: 'pictures', files: string[] } | { kind: 'text', text: string }

function unusable(folder: string, reason: string): AppError {
  return new AppError('MODEL_MISSING', {
    message: `The picture model in ${folder} can not be opened.`, hint: 'Put it there anew, or take the folder away.', cause: new Error(reason),
  })
}

/** A model in a worker thread. A worker that dies rejects what it was asked and is started again at the next question. */
function modelInWorker(workerFile: URL, start: InferenceStart): { ask: (question: Question, signal: AbortSignal) => Promise<Float32Array[]>, close: () => Promise<void> } {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let nextId = 1

  const open = (): Worker => {
    const opened = new Worker(workerFile, { workerData: start })
    opened.unref() // a model that is only loaded keeps no process alive
    opened.on('message', (message: unknown) => {
      const answer = InferenceAnswer.parse(message)
      const entry = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.kind === 'vectors') entry?.resolve(answer.vectors)
      else if (answer.kind === 'unusable') entry?.reject(unusable(start.folder, answer.message))
      else entry?.reject(new AppError('INTERNAL', { message: `The picture model failed: ${answer.message}` }))
      if (waiting.size === 0) opened.unref()
    })
    const fail = (cause: unknown): void => {
      if (worker !== opened) return // another one has the questions by now
      worker = null
      for (const entry of waiting.values()) entry.reject(new AppError('INTERNAL', { message: 'The picture model stopped working.', hint: 'It is started again.', cause }))
      waiting.clear()
    }
    opened.on('error', fail)
    opened.on('exit', fail)
    return opened
  }

  return {
    ask: (question, signal) => new Promise((resolve, reject) => {
      signal.throwIfAborted()
      worker ??= open()
      const request: InferenceRequest = { ...question, id: nextId++ }
      const onAbort = (): void => {
        waiting.delete(request.id)
        reject(signal.reason instanceof Error ? signal.reason : new AppError('CANCELLED', { message: 'Stopped.' }))
      }
      signal.addEventListener('abort', onAbort, { once: true })
      const done = (act: () => void): void => { signal.removeEventListener('abort', onAbort); act() }
      waiting.set(request.id, { resolve: (vectors) => { done(() => { resolve(vectors) }) }, reject: (error) => { done(() => { reject(error) }) } })
      worker.ref()
      worker.postMessage(request)
    }),
    close: async () => { await worker?.terminate() },
  }
}

/**
 * The models in a library's `models` folder. The first folder (by name) that holds a picture model serves.
 * One thread: with others at work on the machine two are slower than one (measured, see ARCHITECTURE.md).
 */
export function installedModels(modelsFolder: string, workerFile: URL): Models {
  let opened: { model: PictureModel, close: () => Promise<void> } | null = null

  const find = async (): Promise<string | null> => {
    const entries = await readdir(modelsFolder, { withFileTypes: true }).catch(() => []) // no folder: no model
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
    return names.find((name) => isPictureModel(path.join(modelsFolder, name))) ?? null
  }

  return {
    pictureModel: async () => {
      if (opened !== null) return opened.model
      const id = await find()
      if (id === null) return null
      const inWorker = modelInWorker(workerFile, { folder: path.join(modelsFolder, id), threads: 1 })
      const model: PictureModel = {
        id,
        encodePictures: (files, signal) => inWorker.ask({ kind: 'pictures', files }, signal),
        encodeText: async (text, signal) => {
          const [vector] = await inWorker.ask({ kind: 'text', text }, signal)
          if (vector === undefined) throw new AppError('INTERNAL', { message: 'The picture model gave no vector for the text.' })
          return vector
        },
      }
      opened = { model, close: inWorker.close }
      return model
    },
    close: async () => { await opened?.close() },
  }
}
