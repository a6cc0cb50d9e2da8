import type { Outgoing, OutgoingAnswer } from '../../network/outgoing.ts'
import { letGo } from '../../network/outgoing.ts'
import type { Errand } from '../../network/request-log.ts'

/** Where a file is asked for: the addresses in their order, and where the one that has it has sent us. */
export interface Sources {
  ask(headers: Record<string, string>, signal: AbortSignal): Promise<OutgoingAnswer>
  /** The address that answers does not have it: true when there is another one to ask. */
  next(): boolean
  readonly host: string
}

const LET_IN_NO_MORE = [401, 403, 404, 410]

/** For what is asked, and who is told of the way that the answers took. */
export interface Asked { errand: Errand, onWay: (way: OutgoingAnswer['way']) => void }

/** The addresses of a file. What sent us on is not asked again for each piece, until the place where we were sent lets us in no more. */
export function createSources(outgoing: Outgoing, urls: readonly string[], { errand, onWay }: Asked): Sources {
  let index = 0
  let sentTo: string | null = null
  const current = (): string => urls[index] ?? ''
  const get = async (url: string, headers: Record<string, string>, signal: AbortSignal): Promise<OutgoingAnswer> => outgoing.ask(url, { method: 'GET', headers, errand, signal })
  return {
    get host() { return new URL(current()).host },
    ask: async (headers, signal) => {
      if (sentTo !== null) {
        const answer = await get(sentTo, headers, signal)
        if (!LET_IN_NO_MORE.includes(answer.status)) return answer
        await letGo(answer.body)
        sentTo = null
      }
      const answer = await get(current(), headers, signal)
      onWay(answer.way)
      sentTo = answer.way.length > 1 ? answer.url : null
      return answer
    },
    next: () => {
      if (index + 1 >= urls.length) return false
      index += 1
      sentTo = null
      return true
    },
  }
}
