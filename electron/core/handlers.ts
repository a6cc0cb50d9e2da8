import type { CallName, CallOutput, CallParsed } from '../contract/calls.ts'
import type { AppEvent } from '../contract/events.ts'
import type { EngineProtocol } from '../contract/protocol.ts'

export interface CallContext { signal: AbortSignal }

/** One handler for each call of the contract; a call without one does not compile. */
export type Handlers = { [Name in CallName]: (input: CallParsed<Name>, context: CallContext) => Promise<CallOutput<Name>> }

export type Listener = (event: AppEvent) => void

/** The running product, as every host holds it. */
export interface App {
  readonly protocol: EngineProtocol
  handlers: Handlers
  /** Calls `listener` for each event until the function that is given back is called. */
  subscribe(listener: Listener): () => void
  /** Goes on with the queue, also without an import: for a host that stays open. Nothing where the library may only be read. */
  begin(): void
  /** Stops the work in hand within one item, stores where it is and closes the library. */
  close(): Promise<void>
}
