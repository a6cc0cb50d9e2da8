import { isCancel } from '../errors.ts'
import type { Clock, WriteDatabase } from '../ports.ts'
import { logOutcome, logRequest } from '../store/network-log.ts'

/** The requests for one thing, a file in many pieces for example: they share a line of the log for each address that was asked. */
export interface Errand { purpose: string, lines: Map<string, Line> }

interface Line { id: number, requests: number, bytes: number }

/** For what requests go out, in words that the person reads in the log. */
export function errand(purpose: string): Errand {
  return { purpose, lines: new Map() }
}

/** One request that is on its way. */
export interface LoggedRequest {
  received(bytes: number): void
  /** The last that is said of it. */
  ended(outcome: number | Error): void
}

/** The address as it is kept: names, passwords and what a server put behind a question mark to let somebody in are nobody's business. */
export function shownAddress(address: string): string {
  const { origin, pathname, search } = new URL(address)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}

function inWords(outcome: number | Error, requests: number): string {
  const what = typeof outcome === 'number' ? `answered ${outcome}` : isCancel(outcome) ? 'stopped' : `failed: ${outcome.message}`
  return requests === 1 ? what : `${what}; ${requests} requests`
}

/** Writes every request into the library before it goes out, and what came of it when it ends. */
export function createRequestLog(db: WriteDatabase, clock: Pick<Clock, 'now'>): (address: string, of: Errand) => LoggedRequest {
  const lineFor = (url: string, { purpose, lines }: Errand): Line => {
    const known = lines.get(url)
    if (known !== undefined) return known
    const line = { id: logRequest(db, { atMs: clock.now(), url, purpose, outcome: 'asked', bytes: null }), requests: 0, bytes: 0 }
    lines.set(url, line)
    return line
  }
  return (address, of) => {
    const line = lineFor(shownAddress(address), of)
    line.requests += 1
    return {
      received: (bytes) => { line.bytes += bytes },
      ended: (outcome) => { logOutcome(db, line.id, { outcome: inWords(outcome, line.requests), bytes: line.bytes }) },
    }
  }
}
