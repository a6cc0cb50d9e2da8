import { setImmediate as turn } from 'node:timers/promises'
import { AppError, toErrorShape } from '../../electron/core/errors.ts'
import { missing } from './model-errors.ts'
import type { OpenModels } from './open-models.ts'
import { openModels } from './open-models.ts'
import { tryModel } from './trial.ts'
import type { Answer, FromWorker, Question, ToWorker, WorkerStart } from './worker-wire.ts'

type Kind<Name extends Question['kind']> = Extract<Question, { kind: Name }>

async function embed({ id, model, batch }: Kind<'embed'>, models: OpenModels, signal: AbortSignal): Promise<Answer> {
  const between = (): void => { signal.throwIfAborted() }
  if (batch.of !== 'pictures') {
    const of = batch.of === 'queries' ? 'query' : 'passage'
    return { kind: 'vectors', id, vectors: await models.texts.use(model, (side) => side.vectors(batch.texts, of, between)) }
  }
  if (model.spec.task !== 'pictures') throw missing(model.spec, 'it takes texts only')
  return models.pictures.use(model, async (side) => {
    const vectors: Float32Array[] = []
    for (const file of batch.files) {
      between()
      vectors.push(await side.vector(file))
    }
    return { kind: 'vectors', id, vectors }
  })
}

async function hear({ id, model, samples, state }: Kind<'hear'>, models: OpenModels, signal: AbortSignal): Promise<Answer> {
  return models.voices.use(model, async (side) => ({ kind: 'heard', id, ...await side.hear(samples, state, () => { signal.throwIfAborted() }) }))
}

/** Many questions at a time, one item after another of each: a short one never waits for the end of a long one. */
export function answering(start: WorkerStart, send: (message: FromWorker) => void): (message: ToWorker) => void {
  const models = openModels(start.threads, (text) => { send({ kind: 'warning', text }) })
  const running = new Map<number, { folder: string | null, stop: AbortController }>()
  let workedMs = performance.now()

  const release = async ({ id, folder }: Kind<'release'>): Promise<Answer> => {
    const gone = new AppError('MODEL_MISSING', { message: `The model in ${folder} is being taken away.` })
    for (const other of running.values()) if (other.folder === folder) other.stop.abort(gone)
    await models.release(folder)
    return { kind: 'released', id }
  }

  const answer = async (question: Question, signal: AbortSignal): Promise<Answer> => {
    await turn() // a cancel that came with the question comes first
    signal.throwIfAborted()
    switch (question.kind) {
      case 'embed': return embed(question, models, signal)
      case 'hear': return hear(question, models, signal)
      case 'try': return { kind: 'tried', id: question.id, trial: await tryModel(question, { threads: start.threads, signal }) }
      case 'release': return release(question)
    }
  }

  const work = async (question: Question): Promise<void> => {
    const stop = new AbortController()
    running.set(question.id, { folder: 'model' in question ? question.model.folder : null, stop })
    try {
      send(await answer(question, stop.signal))
    } catch (error) {
      send({ kind: 'failure', id: question.id, error: toErrorShape(error, 'a model'), detail: error instanceof Error ? error.stack ?? error.message : String(error) })
    } finally {
      running.delete(question.id)
      workedMs = performance.now()
    }
  }

  const sweep = async (): Promise<void> => {
    const since = performance.now() - start.idleMs
    const isEmpty = await models.sweep(since)
    if (isEmpty && running.size === 0 && workedMs < since) send({ kind: 'idle' })
  }
  setInterval(() => { void sweep() }, Math.max(10, start.idleMs / 4)).unref()

  return (message) => {
    if (message.kind === 'cancel') running.get(message.id)?.stop.abort()
    else void work(message)
  }
}
