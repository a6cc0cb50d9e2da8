import { AppError } from '../electron/core/errors.ts'
import type { InstalledModel } from '../electron/core/models/model-spec.ts'
import { vectorSpace } from '../electron/core/models/model-spec.ts'
import type { Embedder, Inference, Transcriber, VoiceDetector } from '../electron/core/ports.ts'
import { workerLink } from './onnx/worker-link.ts'
import type { WorkerLink } from './onnx/worker-link.ts'
import { trySpeechModel } from './speech-trial.ts'

export interface InferenceOptions {
  /** Of one session: one by default, as two are slower where others work on the machine too (measured, see ARCHITECTURE.md). */
  threads?: number
  /** Sessions that nobody used for so long are let go, and their memory with them. */
  idleMs?: number
  /** Told when something else computes a model than was found best at its install. */
  onWarning?: (text: string) => void
}

const FIVE_MINUTES = 5 * 60_000

function unexpected(): AppError {
  return new AppError('INTERNAL', { message: 'The answer of a model is not what was asked for.' })
}

function embedderIn(link: WorkerLink, model: InstalledModel): Embedder {
  const { dimensions } = model.spec
  if (dimensions === null) throw new AppError('MODEL_DAMAGED', { message: `Nobody says how long the vectors of the model ${model.spec.id} are.`, hint: 'Install it from the catalog.' })
  return {
    id: vectorSpace(model),
    dimensions,
    embed: async (batch, signal) => {
      const answer = await link.ask({ kind: 'embed', model, batch }, signal)
      if (answer.kind !== 'vectors') throw unexpected()
      return answer.vectors
    },
  }
}

function voiceDetectorIn(link: WorkerLink, model: InstalledModel): VoiceDetector {
  return {
    id: vectorSpace(model),
    hear: async (samples, state, signal) => {
      const answer = await link.ask({ kind: 'hear', model, samples, state }, signal)
      if (answer.kind !== 'heard') throw unexpected()
      return { likely: answer.likely, state: answer.state }
    },
  }
}

/** The models of this machine: those of ONNX Runtime in one worker thread, speech in a program of its own. */
export function createInference(workerFile: URL, transcriber: (model: InstalledModel) => Transcriber, options: InferenceOptions = {}): Inference {
  const { threads = 1, idleMs = FIVE_MINUTES, onWarning = () => undefined } = options
  const link = workerLink(workerFile, { threads, idleMs }, onWarning)
  const never = new AbortController().signal
  return {
    embedder: (model) => embedderIn(link, model),
    voiceDetector: (model) => voiceDetectorIn(link, model),
    transcriber,
    tryOut: async (folder, spec, { variants, signal }) => {
      if (spec.task === 'speech') return trySpeechModel({ folder, spec, variants, signal }, transcriber)
      const answer = await link.ask({ kind: 'try', folder, spec, variants }, signal)
      if (answer.kind !== 'tried') throw unexpected()
      return answer.trial
    },
    release: async (folder) => {
      if (link.isRunning()) await link.ask({ kind: 'release', folder }, never)
    },
    close: link.close,
  }
}
