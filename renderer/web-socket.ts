import type { Channel } from '../electron/rpc/wire.ts'

export interface WebSocketEvents {
  onOpen(channel: Channel): void
  /** The session is lost for good; a new one is being tried. */
  onLost(): void
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

/** Opens a WebSocket to the server this page came from, and again whenever it is lost. */
export function openWebSocket(events: WebSocketEvents): void {
  const socket = new WebSocket(`ws://${location.host}/channel`, ['scenedex', accessToken()])
  const messages: ((message: unknown) => void)[] = []
  const closes: (() => void)[] = []
  socket.onopen = () => {
    events.onOpen({
      send: (message) => { socket.send(JSON.stringify(message)) },
      onMessage: (listener) => { messages.push(listener) },
      onClose: (listener) => { closes.push(listener) },
    })
  }
  socket.onmessage = (event) => { for (const listener of messages) listener(JSON.parse(String(event.data))) }
  socket.onclose = () => {
    for (const listener of closes) listener()
    events.onLost()
    setTimeout(() => { openWebSocket(events) }, 1000)
  }
}
