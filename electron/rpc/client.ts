import type { ErrorCode } from '../contract/errors.ts'
import type { EngineProtocol, EventOf, InputOf, NameIn, OutputOf, Protocol } from '../contract/protocol.ts'
import type { Channel, ClientMessage } from './wire.ts'
import { ServerMessage } from './wire.ts'

/** A failure that came over the channel, with the code and the hint it had on the other side. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError'
  readonly code: ErrorCode
  readonly hint: string

  constructor(code: ErrorCode, message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

export interface ClientOf<P extends Protocol> {
  /** Rejects with a RemoteError; at once when the channel is closed. Aborting the signal cancels on the other side. */
  call<Name extends NameIn<P>>(name: Name, input: InputOf<P, Name>, signal?: AbortSignal): Promise<OutputOf<P, Name>>
  onEvent(listener: (event: EventOf<P>) => void): () => void
}

/** A client of the engine. */
export type Client = ClientOf<EngineProtocol>

// One count for all clients: an answer that was meant for the client before, on the same lane, must not fit to a call of this one.
let nextId = 1

interface Waiting { resolve(output: unknown): void, reject(error: Error): void }

const closed = (): RemoteError => new RemoteError('CHANNEL_CLOSED', 'The engine is gone.', 'It is started again; try once more.')

/** The typed client of a server on the other end of `channel` that speaks the same protocol. */
export function createClient<P extends Protocol>(protocol: P, channel: Channel): ClientOf<P> {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(event: EventOf<P>) => void>()
  let isClosed = false
  const send = (message: ClientMessage): void => { channel.send(message) }

  const settle = (id: number, act: (entry: Waiting) => void): void => {
    const entry = waiting.get(id)
    waiting.delete(id)
    if (entry !== undefined) act(entry)
  }

  channel.onMessage((raw) => {
    const parsed = ServerMessage.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    switch (message.type) {
      case 'answer': settle(message.id, (entry) => { entry.resolve(message.output) }); break
      case 'failure': settle(message.id, (entry) => { entry.reject(new RemoteError(message.error.code, message.error.message, message.error.hint)) }); break
      case 'event': {
        const event = protocol.event.safeParse(message.event)
        if (event.success) for (const listener of listeners) listener(event.data as EventOf<P>)
        break
      }
    }
  })
  channel.onClose(() => {
    isClosed = true
    for (const entry of waiting.values()) entry.reject(closed())
    waiting.clear()
  })

  const request = (name: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> => new Promise((resolve, reject) => {
    if (isClosed) { reject(closed()); return }
    if (signal?.aborted === true) { reject(new RemoteError('CANCELLED', 'Stopped.', '')); return }
    const id = nextId++
    const onAbort = (): void => { send({ type: 'cancel', id }) }
    const done = (act: () => void): void => { signal?.removeEventListener('abort', onAbort); act() }
    waiting.set(id, { resolve: (output) => { done(() => { resolve(output) }) }, reject: (error) => { done(() => { reject(error) }) } })
    signal?.addEventListener('abort', onAbort, { once: true })
    send({ type: 'call', id, name, input })
  })

  return {
    // The server answers a call with what its handler gave, which the compiler has checked there.
    call: async (name, input, signal) => await request(name, input, signal) as OutputOf<P, typeof name>,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
  }
}
