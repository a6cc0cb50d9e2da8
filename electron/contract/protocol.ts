import type { z } from 'zod'
import { calls } from './calls.ts'
import { AppEvent } from './events.ts'
import { HostEvent, hostCalls } from './host.ts'

/** Calls and events that two sides speak over a channel. */
export interface Protocol {
  readonly calls: Readonly<Record<string, { readonly input: z.ZodType, readonly output: z.ZodType }>>
  readonly event: z.ZodType
}

export type NameIn<P extends Protocol> = keyof P['calls'] & string
export type InputOf<P extends Protocol, Name extends NameIn<P>> = z.input<P['calls'][Name]['input']>
export type ParsedOf<P extends Protocol, Name extends NameIn<P>> = z.output<P['calls'][Name]['input']>
export type OutputOf<P extends Protocol, Name extends NameIn<P>> = z.output<P['calls'][Name]['output']>
export type EventOf<P extends Protocol> = z.output<P['event']>

/** What the engine answers and tells. */
export const engineProtocol = { calls, event: AppEvent } as const satisfies Protocol
export type EngineProtocol = typeof engineProtocol

/** What the host around it answers and tells. */
export const hostProtocol = { calls: hostCalls, event: HostEvent } as const satisfies Protocol
export type HostProtocol = typeof hostProtocol
