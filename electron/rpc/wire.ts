import { z } from 'zod'
import { ErrorShape } from '../contract/errors.ts'

/**
 * Two functions carry everything: whatever can send a message and tell of messages is a transport
 * (memory, a worker's port, Electron's MessagePort, a WebSocket).
 */
export interface Channel {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once when the other side is gone. */
  onClose(listener: () => void): void
}

/** What a client sends. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** What a server sends. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: z.number().int(), output: z.unknown() }),
  z.object({ type: z.literal('failure'), id: z.number().int(), error: ErrorShape }),
  z.object({ type: z.literal('event'), event: z.unknown() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>
