import { AppError } from '../errors.ts'
import type { Clock, Network, NetworkAnswer, WriteDatabase } from '../ports.ts'
import { checkAddress, MOST_REDIRECTS, redirectOf, tooManyRedirects } from './redirects.ts'
import type { Errand, LoggedRequest } from './request-log.ts'
import { createRequestLog } from './request-log.ts'

export interface Question {
  method: 'GET' | 'HEAD'
  headers: Record<string, string>
  errand: Errand
  signal: AbortSignal
}

/** The one gate to the network. */
export interface Outgoing {
  /**
   * Asks, and follows where it is sent. `came` in the answer tells each address that was asked and its headers. Throws NETWORK_OFF when the person has
   * switched the network off, also in the middle of the body; NETWORK_FAILED.
   */
  ask(address: string, question: Question): Promise<OutgoingAnswer>
}

export interface OutgoingAnswer extends NetworkAnswer {
  /** The answers on the way here, this one last. */
  way: { url: string, status: number, headers: Record<string, string> }[]
}

export interface OutgoingOptions {
  network: Network
  db: WriteDatabase
  clock: Pick<Clock, 'now'>
  /** The person's switch; asked again and again. */
  isAllowed: () => boolean
  /** Hosts (with port) that may be asked without encryption, because the person has named them. */
  plainHosts: () => string[]
}

/** How soon a request that is on its way learns that the network was switched off. */
const SWITCH_MS = 500

function networkOff(): AppError {
  return new AppError('NETWORK_OFF', { message: 'The network is switched off in the settings.', hint: 'Switch it on there, or install from a folder or an archive on this machine.' })
}

/** A signal that also stops when the switch is put off. `end` is to be called when nothing listens any more. */
function untilSwitchedOff(isAllowed: () => boolean, signal: AbortSignal): { signal: AbortSignal, end: () => void } {
  const off = new AbortController()
  const look = (): void => {
    try {
      if (!isAllowed()) off.abort(networkOff())
    } catch (error) {
      off.abort(error) // what nobody can say anything about is not allowed
    }
  }
  const timer = setInterval(look, SWITCH_MS)
  return { signal: AbortSignal.any([signal, off.signal]), end: () => { clearInterval(timer) } }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

async function* watched(answer: NetworkAnswer, logged: LoggedRequest, end: () => void): AsyncGenerator<Uint8Array> {
  let failure: Error | null = null
  let isWhole = false
  try {
    for await (const bytes of answer.body) {
      logged.received(bytes.length)
      yield bytes
    }
    isWhole = true
  } catch (error) {
    failure = asError(error)
    throw error
  } finally {
    end()
    logged.ended(failure ?? (isWhole ? answer.status : new AppError('CANCELLED', { message: 'Stopped.' })))
  }
}

/** The gate through which everything goes out: it asks the switch, follows redirects and writes each request into the log. */
export function createOutgoing({ network, db, clock, isAllowed, plainHosts }: OutgoingOptions): Outgoing {
  const log = createRequestLog(db, clock)

  const askOnce = async (url: URL, { method, headers, errand, signal }: Question): Promise<NetworkAnswer> => {
    signal.throwIfAborted()
    if (!isAllowed()) throw networkOff()
    const logged = log(url.href, errand)
    const { signal: watching, end } = untilSwitchedOff(isAllowed, signal)
    try {
      const answer = await network.request(url.href, { method, headers, signal: watching })
      return { ...answer, body: watched(answer, logged, end) }
    } catch (error) {
      end()
      logged.ended(asError(error))
      throw error
    }
  }
  return {
    ask: async (address, question) => {
      let url = new URL(address)
      checkAddress(url, plainHosts())
      const way: OutgoingAnswer['way'] = []
      for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
        const answer = await askOnce(url, question)
        way.push({ url: url.href, status: answer.status, headers: answer.headers })
        const next = await nextAfter(answer, url, plainHosts())
        if (next === null) return { ...answer, way }
        url = next
      }
      throw tooManyRedirects(url)
    },
  }
}

/** The body of an answer that nobody wants: read to its end where it is short, so that the connection serves again, and cut where it is not. */
export async function letGo(body: AsyncIterable<Uint8Array>): Promise<void> {
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > 64 * 1024) break
  }
}

async function nextAfter(answer: NetworkAnswer, url: URL, plainHosts: readonly string[]): Promise<URL | null> {
  try {
    const next = redirectOf(answer, url, plainHosts)
    if (next !== null) await letGo(answer.body)
    return next
  } catch (error) {
    await letGo(answer.body)
    throw error
  }
}
