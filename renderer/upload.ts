import { z } from 'zod'
import type { ErrorShape as Failure } from '../electron/contract/errors.ts'
import { ErrorShape } from '../electron/contract/errors.ts'
import { RemoteError } from '../electron/rpc/client.ts'
import { messages } from './messages.ts'
import { accessToken } from './web-socket.ts'

/** A file that a person gave to the page, and where it lay in the folder that was dropped. */
export interface GivenFile { file: File, folder: string }

export interface UploadProgress {
  /** The file that is sent, from 1. */
  number: number
  files: number
  name: string
  sentBytes: number
  totalBytes: number
}

export interface UploadOptions {
  onProgress?(progress: UploadProgress): void
  signal?: AbortSignal
}

export interface UploadOutcome {
  /** Videos that lie on the machine of the library now, to be given to library.import. */
  paths: string[]
  refused: { name: string, error: Failure }[]
}

const CHUNK_BYTES = 4 * 1024 * 1024
const RETRY_MS = 1000
/** So many tries after another without an answer, or without a chunk that is taken. */
const TRIES_AT_MOST = 60

const State = z.object({ id: z.string(), offset: z.number(), path: z.string().nullable() })
type State = z.infer<typeof State>
const Refused = z.object({ error: ErrorShape, offset: z.number().nullable().default(null) })

/** The chunk was not taken: it is to be asked where to go on. */
class OutOfStep extends Error {}
/** Nobody answered. */
class NoAnswer extends Error {}

async function ask(method: 'POST' | 'PUT', address: string, { body, headers, signal }: { body: BodyInit, headers: Record<string, string>, signal: AbortSignal }): Promise<State> {
  let response: Response
  try {
    response = await fetch(address, { method, body, signal, headers: { ...headers, authorization: `Bearer ${accessToken()}` } })
  } catch (cause) {
    signal.throwIfAborted()
    throw new NoAnswer('no answer', { cause })
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return State.parse(answer)
  const refused = Refused.safeParse(answer)
  // A server that was started again knows the file when it is begun again; of a chunk out of step it says so itself.
  if (method === 'PUT' && (response.status === 404 || refused.data?.offset != null)) throw new OutOfStep('out of step')
  if (!refused.success) throw new RemoteError('CHANNEL_CLOSED', messages.upload.notAllowed, messages.upload.notAllowedHint)
  const { code, message, hint } = refused.data.error
  throw new RemoteError(code, message, hint)
}

function begin({ file, folder }: GivenFile, signal: AbortSignal): Promise<State> {
  const wish = { name: file.name, size: file.size, lastModified: file.lastModified, folder }
  return ask('POST', '/imports', { body: JSON.stringify(wish), headers: { 'content-type': 'application/json' }, signal })
}

const hexOf = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

async function bytesOf(file: File, offset: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(offset, offset + CHUNK_BYTES).arrayBuffer()
  } catch {
    throw new RemoteError('CHANGED', messages.upload.changed(file.name), messages.upload.changedHint)
  }
}

async function sendChunk(file: File, { id, offset }: State, signal: AbortSignal): Promise<State> {
  const bytes = await bytesOf(file, offset)
  const sha256 = hexOf(await crypto.subtle.digest('SHA-256', bytes))
  return await ask('PUT', `/imports/${id}?offset=${offset}`, { body: bytes, headers: { 'content-type': 'application/octet-stream', 'x-chunk-sha256': sha256 }, signal })
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => { clearTimeout(timer); reject(signal.reason instanceof Error ? signal.reason : new Error('stopped')) }
    const timer = setTimeout(() => { signal.removeEventListener('abort', stop); resolve() }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** One file to its end, from wherever it was left. Gives its path over there. */
async function uploadFile(given: GivenFile, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  let state: State | null = null
  for (let tries = 0; tries < TRIES_AT_MOST;) {
    signal.throwIfAborted()
    try {
      const before: number = state?.offset ?? -1
      state = state === null ? await begin(given, signal) : await sendChunk(given.file, state, signal)
      onSent(state.offset)
      if (state.path !== null) return state.path
      if (state.offset > before) tries = 0
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof OutOfStep)) throw error
      state = null
      tries += 1
      await pause(RETRY_MS, signal)
    }
  }
  throw new RemoteError('CHANNEL_CLOSED', messages.upload.noAnswer(given.file.name), messages.upload.noAnswerHint)
}

const isTextTrack = (name: string): boolean => /\.(srt|vtt|ass|ssa)$/i.test(name)

/**
 * Sends files to the machine of the library, one after another; what was sent before, also by a page that was closed since, is
 * not sent again. One that is refused does not stop the rest. Rejects when the signal is aborted: what was sent is kept.
 */
export async function uploadFiles(files: readonly GivenFile[], { onProgress, signal = new AbortController().signal }: UploadOptions = {}): Promise<UploadOutcome> {
  const outcome: UploadOutcome = { paths: [], refused: [] }
  const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0)
  let before = 0
  for (const [index, given] of files.entries()) {
    const { name, size } = given.file
    const onSent = (bytes: number): void => { onProgress?.({ number: index + 1, files: files.length, name, sentBytes: before + bytes, totalBytes }) }
    try {
      const path = await uploadFile(given, onSent, signal)
      // A text track is found beside its video.
      if (!isTextTrack(name)) outcome.paths.push(path)
    } catch (error) {
      if (signal.aborted || !(error instanceof RemoteError)) throw error
      outcome.refused.push({ name, error: { code: error.code, message: error.message, hint: error.hint } })
    }
    before += size
  }
  return outcome
}
