import type { NetworkAnswer } from '../../ports.ts'
import { aPage, fetchFailed, NotHere, notThere, OtherFile, PassingFailure, wrongSize } from './fetch-errors.ts'
import type { FileState } from './journal.ts'
import type { Span } from './spans.ts'

export type Received =
  /** The span that was asked for, or its beginning. */
  | { kind: 'piece', to: number, total: number | null }
  | { kind: 'whole', total: number | null }

interface Asked { name: string, span: Span, state: FileState }

type Head = Pick<NetworkAnswer, 'status' | 'url' | 'headers'>

/** What the server calls this very content, where it may be believed; null where it says nothing of the kind. */
export function validatorOf({ headers }: Head): string | null {
  const etag = headers['etag']
  // A weak one does not promise the same bytes: RFC 9110, 8.8.3.
  return etag !== undefined && !etag.startsWith('W/') ? etag : headers['last-modified'] ?? null
}

/** Milliseconds that a server asks to wait: seconds or a date, RFC 9110 10.2.3. */
function retryAfter({ headers }: Head, nowMs: number): number | null {
  const said = headers['retry-after']
  if (said === undefined) return null
  const waitMs = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - nowMs
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null
}

const PASSING = [408, 425, 429]

/** Throws for every answer that brings nothing. */
function checkStatus(answer: Head, { name }: Asked): void {
  const { status, url } = answer
  const { host } = new URL(url)
  if (status === 200 || status === 206) return
  if (status === 404 || status === 410) throw new NotHere(notThere(name, host))
  if (status === 416) throw new OtherFile(`${host} knows no such piece of ${name}`)
  const error = fetchFailed(`${host} did not give "${name}": it answered ${status}.`)
  if (status >= 500 || PASSING.includes(status)) throw new PassingFailure(error, retryAfter(answer, Date.now()))
  if (status === 401 || status === 403) throw fetchFailed(`${host} does not let this machine have "${name}" (${status}).`, 'Check the address of the mirror and its password, or try without it.')
  throw error
}

function checkKind({ headers, url }: Head, { name }: Asked): void {
  const { host } = new URL(url)
  if (/^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '')) throw aPage(name, host)
  const packing = headers['content-encoding'] ?? 'identity'
  if (packing !== 'identity') throw fetchFailed(`${host} sends "${name}" packed (${packing}), which it was not asked for.`, 'Try without the mirror or proxy.')
}

/** Throws when the file on the server is not as long as it has to be. */
function checkTotal(total: number | null, { name, state }: Asked): void {
  if (total !== null && state.bytes !== null && total !== state.bytes) throw wrongSize(name, { wanted: state.bytes, got: total })
}

/** RFC 9110, 14.4; null for a header that says nothing, or something else than what was asked for. */
function rangeOf(header: string | undefined, [from, to]: Span): { to: number, total: number | null } | null {
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header ?? '')
  if (range === null) return null
  const last = Number(range[2])
  if (Number(range[1]) !== from || last < from || last >= to) return null
  return { to: last + 1, total: range[3] === '*' ? null : Number(range[3]) }
}

function readPiece(answer: Head, asked: Asked): Received {
  const { name, state, span } = asked
  const { host } = new URL(answer.url)
  const range = rangeOf(answer.headers['content-range'], span)
  if (range === null) throw new PassingFailure(fetchFailed(`${host} sends another piece of "${name}" than it was asked for.`))
  checkTotal(range.total, asked)
  if (range.total === null && state.bytes === null) throw fetchFailed(`${host} does not say how long "${name}" is.`)
  // Who says nothing of the kind this time does not say that it is another file: the hash at the end tells.
  const now = validatorOf(answer)
  if (state.spans.length > 0 && state.validator !== null && now !== null && now !== state.validator) throw new OtherFile(`${name} was changed`)
  return { kind: 'piece', ...range }
}

/** What an answer to the question for a span brings. Throws PassingFailure, OtherFile, NotHere, or an AppError that is the end of it. */
export function readAnswer(answer: Head, asked: Asked): Received {
  checkStatus(answer, asked)
  checkKind(answer, asked)
  if (answer.status === 206) return readPiece(answer, asked)
  // It has no ranges, or the file is not the one that was begun.
  if (asked.state.spans.length > 0) throw new OtherFile(`${asked.name} comes from its beginning again`)
  const length = answer.headers['content-length']
  const total = length === undefined ? null : Number(length)
  checkTotal(total, asked)
  return { kind: 'whole', total }
}
