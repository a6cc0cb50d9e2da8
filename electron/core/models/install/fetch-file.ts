import { AppError } from '../../errors.ts'
import type { Clock } from '../../ports.ts'
import type { Received } from './answers.ts'
import { readAnswer, validatorOf } from './answers.ts'
import { fetchFailed, keepsChanging, NotHere, OtherFile, PassingFailure, wrongSize } from './fetch-errors.ts'
import type { FetchPace } from './pace.ts'
import type { PartFile } from './part-file.ts'
import { stallWatch, withPatience } from './retries.ts'
import type { Sources } from './sources.ts'
import type { Span } from './spans.ts'
import { missingPieces } from './spans.ts'
import { letGo } from '../../network/outgoing.ts'
import type { OutgoingAnswer } from '../../network/outgoing.ts'

export interface FetchJob {
  /** As the model's folder has it. */
  name: string
  part: PartFile
  sources: Sources
  pace: FetchPace
  clock: Clock
}

/** How often the file may be another one on the server before that is said. */
const MOST_BEGINNINGS = 3

/** Where the bytes of an answer end; null where only its end tells. */
function endOf(received: Received, { state }: PartFile): number | null {
  return received.kind === 'piece' ? received.to : state.bytes ?? received.total
}

interface Stretch { from: number, end: number | null, touch: () => void }

/** Writes an answer into the file as it comes. Gives the byte behind its last one. */
async function store({ name, part, pace }: FetchJob, body: AsyncIterable<Uint8Array>, { from, end, touch }: Stretch): Promise<number> {
  let at = from
  let settled = at
  for await (const bytes of body) {
    touch()
    if (end !== null && at + bytes.length > end) throw new PassingFailure(wrongSize(name, { wanted: end, got: at + bytes.length }))
    await part.write(at, bytes)
    at += bytes.length
    if (at - settled < pace.chunkBytes / pace.connections / 4) continue
    settled = at
    await part.settle()
  }
  return at
}

async function receive(job: FetchJob, { answer, received, from }: { answer: OutgoingAnswer, received: Received, from: number }, touch: () => void): Promise<void> {
  const { part, name } = job
  const end = endOf(received, part)
  const at = await store(job, answer.body, { from, end, touch })
  if (end === null) part.state.bytes = at
  else if (at < end) throw new PassingFailure(fetchFailed(`"${name}" broke off: ${end - at} bytes are missing.`))
  await part.settle()
}

/** What a piece's answer is about: the whole file where the server knows no pieces. */
interface Piece { span: Span, onKind: (kind: Received['kind']) => void }

/** Asks once for what is missing of a piece. */
async function askPiece(job: FetchJob, { span, onKind }: Piece, outer: AbortSignal): Promise<void> {
  const { part: { state }, sources, name, pace } = job
  const watch = stallWatch(outer, { stallMs: pace.stallMs, what: sources.host })
  try {
    const ifSame = state.validator === null || state.spans.length === 0 ? {} : { 'if-range': state.validator }
    const answer = await sources.ask({ range: `bytes=${span[0]}-${span[1] - 1}`, ...ifSame }, watch.signal)
    watch.touch()
    let received: Received
    try {
      received = readAnswer(answer, { name, span, state })
    } catch (error) {
      await letGo(answer.body).catch(() => undefined) // what it said is what matters
      throw error
    }
    state.validator ??= validatorOf(answer)
    if (received.kind === 'piece') state.bytes ??= received.total
    onKind(received.kind)
    await receive(job, { answer, received, from: span[0] }, watch.touch)
  } finally {
    watch.end()
  }
}

/** What of a piece is still to be asked for. */
function missingOf([from, to]: Span, { state }: PartFile): Span | null {
  const missing = missingPieces(state.spans, Math.min(to, state.bytes ?? to), Infinity).find((span) => span[1] > from)
  return missing === undefined ? null : [Math.max(from, missing[0]), missing[1]]
}

async function fetchPiece(job: FetchJob, piece: Piece, signal: AbortSignal): Promise<void> {
  const { part, pace, clock } = job
  let last: Received['kind'] | null = null
  const comesWhole = (): boolean => last === 'whole'
  const onKind = (kind: Received['kind']): void => { last = kind; piece.onKind(kind) }
  const once = async (): Promise<void> => {
    last = null
    try {
      // A server may give less than it was asked for.
      for (let span = missingOf(piece.span, part); span !== null; span = missingOf(piece.span, part)) await askPiece(job, { span, onKind }, signal)
    } catch (error) {
      // A server without pieces begins at the beginning again, and so do we.
      if (comesWhole()) await part.empty()
      else await part.settle()
      throw error
    }
  }
  // What comes of a file that has to come whole is no progress.
  await withPatience(once, { patience: pace, progress: () => comesWhole() ? 0 : part.have(), clock, signal })
}

/** Fetches what is missing once; the first answer says whether the others may begin. */
async function fetchMissing(job: FetchJob, firstGuess: number, signal: AbortSignal): Promise<void> {
  const { part, pace } = job
  const failed = new AbortController()
  const both = AbortSignal.any([signal, failed.signal])
  const pieceBytes = Math.max(1, Math.floor(pace.chunkBytes / pace.connections))
  const first = missingPieces(part.state.spans, part.state.bytes ?? firstGuess, pieceBytes)[0]
  if (first === undefined) return
  let queue: Span[] = []
  const others: Promise<void>[] = []

  const work = async (): Promise<void> => {
    for (let span = queue.shift(); span !== undefined; span = queue.shift()) await fetchPiece(job, { span, onKind: () => undefined }, both)
  }
  const guarded = (working: Promise<void>): Promise<void> => working.catch((error: unknown) => {
    failed.abort(error)
    throw error
  })
  const onKind = (kind: Received['kind']): void => {
    if (kind === 'whole' || others.length > 0) return
    queue = missingPieces(part.state.spans, part.state.bytes ?? first[1], pieceBytes).filter(([from]) => from !== first[0])
    for (let worker = 1; worker < pace.connections; worker++) {
      const other = guarded(work())
      other.catch(() => undefined) // it is asked when all have ended
      others.push(other)
    }
  }
  const all = guarded(fetchPiece(job, { span: first, onKind }, both).then(work))
  const ended = await Promise.allSettled([all, ...await all.then(() => others, () => others)])
  const failure = ended.find((one) => one.status === 'rejected')
  if (failure !== undefined) throw failed.signal.aborted && !signal.aborted ? failed.signal.reason : failure.reason
}

async function fromOneSource(job: FetchJob, firstGuess: number, signal: AbortSignal): Promise<void> {
  for (let beginnings = 1; ; beginnings++) {
    try {
      await fetchMissing(job, firstGuess, signal)
      return
    } catch (error) {
      if (!(error instanceof OtherFile)) throw error
      if (beginnings >= MOST_BEGINNINGS) throw keepsChanging(job.name, job.sources.host)
      await job.part.empty()
    }
  }
}

/** Who was asked before belongs to why it failed: the mirror that the person has named. */
function withOthers(error: unknown, without: readonly string[]): unknown {
  if (without.length === 0 || !(error instanceof AppError) || error.code !== 'NETWORK_FAILED') return error
  return fetchFailed([...without, error.message].join(' '), error.hint, error)
}

/**
 * Fetches what is missing of a file, in pieces at once where the server knows pieces, and from the next address where one does not have it. `firstGuess` is
 * about how long it is where nobody knows. Stops within a moment and keeps what came. Throws NETWORK_FAILED, MODEL_DAMAGED for another length, DISK_FULL.
 */
export async function fetchFile(job: FetchJob, firstGuess: number, signal: AbortSignal): Promise<void> {
  const without: string[] = []
  for (;;) {
    try {
      await fromOneSource(job, firstGuess, signal)
      return
    } catch (error) {
      if (!(error instanceof NotHere)) throw withOthers(error, without)
      if (!job.sources.next()) throw withOthers(error.error, without)
      without.push(error.error.message)
    }
  }
}
