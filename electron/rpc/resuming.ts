import { z } from 'zod'
import type { Channel } from './wire.ts'

// A channel that outlives its sockets. Both ends number what they send and keep it until the other has said that it came. When a
// socket breaks the client opens another, each end says what it has received, and the rest is sent again: nothing is lost and
// nothing comes twice. Where the server knows the session no more, the channel closes and a new one begins.

/** One connection that carries texts in order and may break at any time. */
export interface TextSocket {
  send(text: string): void
  /** Ends it at once, without waiting for the other side. */
  close(): void
  onText(listener: (text: string) => void): void
  /** Told once. `isGoodbye` when the other side meant it: a page that was closed does not come back. */
  onClose(listener: (isGoodbye: boolean) => void): void
}

const Count = z.number().int().min(0)
const Frame = z.union([
  z.strictObject({ seq: Count, message: z.unknown() }),
  /** What has come so far; with `ping` the other side is asked for the same. */
  z.strictObject({ received: Count, ping: z.boolean() }),
  /** The client's first words on each socket. */
  z.strictObject({ hello: z.string().nullable(), received: Count }),
  /** The server's answer: the session asked for, or another. */
  z.strictObject({ welcome: z.string(), received: Count }),
])
type Frame = z.infer<typeof Frame>

export interface Times {
  pingMs: number
  /** A socket that has been silent for so long is dead. */
  silenceMs: number
  /** How long a session waits for its next socket. */
  keepMs: number
}
export const usualTimes: Times = { pingMs: 3000, silenceMs: 9000, keepMs: 60_000 }

/** More than this unread by the other side, in characters: it reads no more. */
const OUTBOX_AT_MOST = 64 * 1024 * 1024

// Said this often without being asked, so that the other side need not keep much.
const MESSAGES_PER_RECEIPT = 64
const CHARACTERS_PER_RECEIPT = 1024 * 1024

function read(text: string): Frame | null {
  try {
    return Frame.parse(JSON.parse(text))
  } catch {
    return null // not one of ours: whoever reads closes the socket
  }
}

/** One end of a session: what was sent and not yet received, what came, and the socket of the moment. */
class End {
  readonly id: string
  readonly channel: Channel
  received = 0
  private readonly times: Times
  private readonly messages: ((message: unknown) => void)[] = []
  private readonly closes: (() => void)[] = []
  private sent = 0
  private outbox: { seq: number, text: string }[] = []
  private outboxCharacters = 0
  private unsaid = { messages: 0, characters: 0 }
  private socket: TextSocket | null = null
  private heardMs = 0
  private heartbeat: ReturnType<typeof setInterval> | undefined
  private expiry: ReturnType<typeof setTimeout> | undefined
  private isOver = false

  constructor(id: string, times: Times) {
    this.id = id
    this.times = times
    this.channel = {
      send: (message) => { this.send(message) },
      onMessage: (listener) => { this.messages.push(listener) },
      onClose: (listener) => { this.closes.push(listener) },
    }
  }

  /** Goes on over this socket, with what the other side has not received. False when it claims what it can not have. */
  attach(socket: TextSocket, receivedThere: number): boolean {
    if (receivedThere > this.sent) return false
    clearTimeout(this.expiry)
    this.socket?.close()
    this.socket = socket
    this.heardMs = Date.now()
    this.forget(receivedThere)
    for (const { text } of this.outbox) socket.send(text)
    clearInterval(this.heartbeat)
    this.heartbeat = setInterval(() => { this.beat(socket) }, this.times.pingMs)
    return true
  }

  /** The socket is gone; the session waits for another. */
  detach(socket: TextSocket): void {
    if (this.socket !== socket) return
    this.socket = null
    clearInterval(this.heartbeat)
    this.expiry = setTimeout(() => { this.end() }, this.times.keepMs)
  }

  /** Takes a frame from the socket of the moment. */
  take(socket: TextSocket, text: string): void {
    if (this.socket !== socket || this.isOver) return
    const frame = read(text)
    this.heardMs = Date.now()
    if (frame === null) socket.close()
    else if ('seq' in frame) this.takeMessage(socket, frame, text.length)
    else if ('ping' in frame) this.takeReceipt(socket, frame)
    else socket.close()
  }

  end(): void {
    if (this.isOver) return
    this.isOver = true
    clearTimeout(this.expiry)
    clearInterval(this.heartbeat)
    this.outbox = []
    this.socket?.close()
    this.socket = null
    for (const listener of this.closes) listener()
  }

  private send(message: unknown): void {
    if (this.isOver) return
    const seq = ++this.sent
    const text = JSON.stringify({ seq, message } satisfies Frame)
    this.outbox.push({ seq, text })
    this.outboxCharacters += text.length
    if (this.outboxCharacters > OUTBOX_AT_MOST) this.end()
    else this.socket?.send(text)
  }

  private takeMessage(socket: TextSocket, { seq, message }: { seq: number, message?: unknown }, characters: number): void {
    if (seq !== this.received + 1) { socket.close(); return }
    this.received = seq
    this.unsaid.messages += 1
    this.unsaid.characters += characters
    if (this.unsaid.messages >= MESSAGES_PER_RECEIPT || this.unsaid.characters >= CHARACTERS_PER_RECEIPT) this.say(socket, false)
    for (const listener of this.messages) listener(message)
  }

  private takeReceipt(socket: TextSocket, { received, ping }: { received: number, ping: boolean }): void {
    if (received > this.sent) { socket.close(); return }
    this.forget(received)
    if (ping) this.say(socket, false)
  }

  private say(socket: TextSocket, ping: boolean): void {
    this.unsaid = { messages: 0, characters: 0 }
    socket.send(JSON.stringify({ received: this.received, ping } satisfies Frame))
  }

  private beat(socket: TextSocket): void {
    if (Date.now() - this.heardMs > this.times.silenceMs) socket.close()
    else this.say(socket, true)
  }

  private forget(received: number): void {
    const left = this.outbox.findIndex(({ seq }) => seq > received)
    const gone = this.outbox.splice(0, left === -1 ? this.outbox.length : left)
    for (const { text } of gone) this.outboxCharacters -= text.length
  }
}

export interface Sessions {
  /** Takes a socket of a client: for the session that it names, or for a new one. */
  accept(socket: TextSocket): void
  /** Ends all sessions. */
  close(): void
}

const HELLO_MS = 5000

/** The server's side. `onChannel` gets the channel of each new session. */
export function createSessions(onChannel: (channel: Channel) => void, times: Times = usualTimes): Sessions {
  const ends = new Map<string, End>()

  const begin = (socket: TextSocket): End => {
    const end = new End(crypto.randomUUID(), times)
    ends.set(end.id, end)
    end.channel.onClose(() => { ends.delete(end.id) })
    socket.send(JSON.stringify({ welcome: end.id, received: 0 } satisfies Frame))
    end.attach(socket, 0)
    onChannel(end.channel)
    return end
  }
  const goOn = (socket: TextSocket, { hello, received }: { hello: string | null, received: number }): End => {
    const known = ends.get(hello ?? '')
    if (known === undefined) return begin(socket)
    socket.send(JSON.stringify({ welcome: known.id, received: known.received } satisfies Frame))
    if (!known.attach(socket, received)) { known.end(); socket.close() }
    return known
  }

  return {
    accept: (socket) => {
      let end: End | null = null
      const tooLate = setTimeout(() => { socket.close() }, HELLO_MS)
      socket.onText((text) => {
        if (end !== null) { end.take(socket, text); return }
        clearTimeout(tooLate)
        const frame = read(text)
        if (frame !== null && 'hello' in frame) end = goOn(socket, frame)
        else socket.close()
      })
      socket.onClose((isGoodbye) => {
        clearTimeout(tooLate)
        if (isGoodbye) end?.end()
        else end?.detach(socket)
      })
    },
    close: () => { for (const end of ends.values()) end.end() },
  }
}

export interface ClientSide {
  /** Opens a socket. Rejects when nobody answers. */
  connect(): Promise<TextSocket>
  onChannel(channel: Channel): void
  /** No socket at the moment; what is sent waits. Also told when nobody answered at the first try. */
  onInterrupted(): void
  /** The same channel goes on. */
  onResumed(): void
}

const PAUSES_MS = [0, 250, 500, 1000, 2000]

class Keeper {
  private readonly side: ClientSide
  private readonly times: Times
  private end: End | null = null
  private tries = 0
  private isOver = false
  private pause: ReturnType<typeof setTimeout> | undefined

  constructor(side: ClientSide, times: Times) {
    this.side = side
    this.times = times
  }

  open(): void {
    this.side.connect().then((socket) => {
      if (this.isOver) socket.close()
      else this.speak(socket)
    }, () => { this.openAgain() })
  }

  close(): void {
    this.isOver = true
    clearTimeout(this.pause)
    this.end?.end()
  }

  private openAgain(): void {
    if (this.isOver) return
    if (this.tries === 0) this.side.onInterrupted()
    this.pause = setTimeout(() => { this.open() }, PAUSES_MS[Math.min(this.tries, PAUSES_MS.length - 1)])
    this.tries += 1
  }

  private speak(socket: TextSocket): void {
    let isWelcome = false
    const tooLate = setTimeout(() => { socket.close() }, this.times.silenceMs)
    socket.onText((text) => {
      if (isWelcome) { this.end?.take(socket, text); return }
      clearTimeout(tooLate)
      const frame = read(text)
      isWelcome = frame !== null && 'welcome' in frame
      if (frame !== null && 'welcome' in frame) this.welcome(socket, frame)
      else socket.close()
    })
    socket.onClose(() => {
      clearTimeout(tooLate)
      this.end?.detach(socket)
      this.openAgain()
    })
    socket.send(JSON.stringify({ hello: this.end?.id ?? null, received: this.end?.received ?? 0 } satisfies Frame))
  }

  private welcome(socket: TextSocket, { welcome: id, received }: { welcome: string, received: number }): void {
    this.tries = 0
    if (this.end?.id !== id) this.begin(socket, id)
    else if (this.end.attach(socket, received)) this.side.onResumed()
    else { this.end.end(); socket.close() }
  }

  private begin(socket: TextSocket, id: string): void {
    this.end?.end()
    const end = new End(id, this.times)
    this.end = end
    end.channel.onClose(() => { if (this.end === end) this.end = null })
    end.attach(socket, 0)
    this.side.onChannel(end.channel)
  }
}

/** The client's side: keeps a session alive over any number of sockets, and begins another when it is lost. Never gives up by itself. */
export function keepConnected(side: ClientSide, times: Times = usualTimes): { close(): void } {
  const keeper = new Keeper(side, times)
  keeper.open()
  return keeper
}
