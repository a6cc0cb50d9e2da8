import { Worker } from 'node:worker_threads'
import { AppError } from '../../electron/core/errors.ts'
import { forbidTelemetry } from './no-telemetry.ts'
import type { WaitingRoom } from './waiting-room.ts'
import { waitingRoom } from './waiting-room.ts'
import type { Answer, Question, ToWorker, WorkerStart } from './worker-wire.ts'
import { FromWorker } from './worker-wire.ts'

type WithoutId<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never

/** The way to the inference worker. */
export interface WorkerLink {
  /** Rejects with what the worker says, with the signal's reason when stopped, with INTERNAL when the worker died. */
  ask(question: WithoutId<Question>, signal: AbortSignal): Promise<Answer>
  /** True while there is a worker. */
  isRunning(): boolean
  close(): Promise<void>
}

function askIn(room: WaitingRoom, worker: Worker, { question, signal }: { question: WithoutId<Question>, signal: AbortSignal }): Promise<Answer> {
  const tell = (message: ToWorker): void => { worker.postMessage(message) }
  return room.wait(signal, {
    ask: (id) => {
      worker.ref()
      tell({ ...question, id })
    },
    onStop: (id) => {
      tell({ kind: 'cancel', id })
      if (room.isEmpty()) worker.unref()
    },
  })
}

/**
 * A worker that is started at the first question, and again at the next one after it died or was ended because nothing was open in it.
 * It keeps no process alive while nothing is asked.
 */
export function workerLink(workerFile: URL, start: WorkerStart, onWarning: (text: string) => void): WorkerLink {
  const room = waitingRoom()
  let worker: Worker | null = null

  const lost = (which: Worker, cause: unknown): void => {
    if (worker !== which) return // another one has the questions by now
    worker = null
    room.allFailed(new AppError('INTERNAL', { message: 'What computes the models stopped working.', hint: 'It is started again at the next question.', cause }))
  }

  const receive = (message: FromWorker, from: Worker): void => {
    switch (message.kind) {
      case 'idle':
        // Asked just now: it is not idle any more, and does not know it yet.
        if (!room.isEmpty() || worker !== from) return
        worker = null
        void from.terminate()
        return
      case 'warning': onWarning(message.text); return
      case 'failure': room.failed(message.id, new AppError(message.error.code, { ...message.error, cause: new Error(message.detail) })); break
      default: room.answered(message)
    }
    if (room.isEmpty()) from.unref()
  }

  const open = (): Worker => {
    forbidTelemetry()
    const opened = new Worker(workerFile, { workerData: start })
    opened.on('message', (message: unknown) => { receive(FromWorker.parse(message), opened) })
    opened.on('error', (error) => { lost(opened, error) })
    opened.on('exit', (code) => { lost(opened, new Error(`exit code ${code}`)) })
    return opened
  }

  return {
    ask: async (question, signal) => {
      signal.throwIfAborted()
      const asked = worker ??= open()
      return askIn(room, asked, { question, signal })
    },
    isRunning: () => worker !== null,
    close: async () => {
      const last = worker
      if (last === null) return
      lost(last, new Error('closed'))
      await last.terminate()
    },
  }
}
