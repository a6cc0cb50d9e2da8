import type { TextSocket } from '../electron/rpc/resuming.ts'
import { keepConnected } from '../electron/rpc/resuming.ts'
import type { Channel } from '../electron/rpc/wire.ts'

export interface WebSocketEvents {
  /** A new session: the first, or the one before is lost for good and its channel closed. */
  onOpen(channel: Channel): void
  /** The server does not answer at the moment. What is sent waits. */
  onInterrupted(): void
  /** The same session goes on; nothing was lost. */
  onResumed(): void
  /** The server does not know this page: it was started again, or the address came without its secret. No other try would end otherwise. */
  onTurnedAway(): void
}

const TOKEN_KEY = 'scenedex-token'

/** The secret this page was opened with: in the address once, then only in this tab's memory. */
export function accessToken(): string {
  const given = /^#token=([0-9a-f]+)/.exec(location.hash)?.[1]
  if (given !== undefined) {
    sessionStorage.setItem(TOKEN_KEY, given)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? ''
}

function open(): Promise<TextSocket> {
  return new Promise((resolve, reject) => {
    // The empty text is no subprotocol; the server turns any wrong one away.
    const socket = new WebSocket(`ws://${location.host}/channel`, ['scenedex', accessToken() || 'none'])
    const closes: ((isGoodbye: boolean) => void)[] = []
    let isClosed = false
    const closed = (): void => {
      if (isClosed) return
      isClosed = true
      reject(new Error('the server does not answer'))
      for (const listener of closes) listener(false)
    }
    socket.onclose = closed
    socket.onopen = () => {
      resolve({
        send: (text) => { if (socket.readyState === WebSocket.OPEN) socket.send(text) },
        // A dead network would keep the socket closing for long.
        close: () => { socket.onmessage = null; socket.close(4000); closed() },
        onText: (listener) => { socket.onmessage = (event) => { listener(String(event.data)) } },
        onClose: (listener) => { closes.push(listener) },
      })
    }
  })
}

/** Asks what a socket does not tell: whether nobody answered, or somebody who does not let this page in. */
async function isTurnedAway(): Promise<boolean> {
  const answer = await fetch('/imports', { method: 'POST', headers: { authorization: `Bearer ${accessToken() || 'none'}` } }).catch(() => null)
  return answer?.status === 401
}

/** Keeps a session with the server this page came from, over any number of sockets. */
export function openWebSocket({ onOpen, onInterrupted, onResumed, onTurnedAway }: WebSocketEvents): void {
  const connect = async (): Promise<TextSocket> => {
    try {
      return await open()
    } catch (error) {
      if (!await isTurnedAway()) throw error
      onTurnedAway()
      return await new Promise<never>(() => undefined)
    }
  }
  keepConnected({ connect, onChannel: onOpen, onInterrupted, onResumed })
}
