import type { NameIn, OutputOf, ParsedOf, Protocol } from '../contract/protocol.ts'
import { AppError, isCancel, toErrorShape } from '../core/errors.ts'
import type { CallContext } from '../core/handlers.ts'
import type { Channel, ServerMessage } from './wire.ts'
import { ClientMessage } from './wire.ts'

/** One handler for each call of a protocol, and its events. */
export interface Service<P extends Protocol> {
  readonly protocol: P
  handlers: { [Name in NameIn<P>]: (input: ParsedOf<P, Name>, context: CallContext) => Promise<OutputOf<P, Name>> }
  /** Calls the listener for each event until the function that is given back is called. */
  subscribe(listener: (event: unknown) => void): () => void
}

function isCallName<P extends Protocol>({ calls }: P, name: string): name is NameIn<P> {
  return Object.hasOwn(calls, name)
}

function noSuchCall(name: string): AppError {
  return new AppError('BAD_MESSAGE', { message: `There is no call "${name}".`, hint: 'The two sides are of different versions.' })
}

function parseInput<P extends Protocol, Name extends NameIn<P>>({ calls }: P, name: Name, input: unknown): ParsedOf<P, Name> {
  const parsed = calls[name]?.input.safeParse(input)
  if (parsed?.success === true) return parsed.data as ParsedOf<P, Name> // the schema of this very call
  const issue = parsed?.error.issues[0]
  throw new AppError('USAGE', { message: `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`.trim() })
}

// Generic, so that the compiler checks that a call's input goes to the handler of the same call.
function dispatch<P extends Protocol, Name extends NameIn<P>>(service: Service<P>, request: { name: Name, input: unknown }, context: CallContext): Promise<OutputOf<P, Name>> {
  return service.handlers[request.name](parseInput(service.protocol, request.name, request.input), context)
}

/**
 * Answers the calls that come over `channel` from `service`, cancels what is asked to be cancelled, and passes the
 * its events on, until the channel closes: then what still runs for it is cancelled.
 * What is no AppError is a bug: `onBug` gets it whole, the client only hears that there was one.
 */
export function serve<P extends Protocol>(channel: Channel, service: Service<P>, onBug: (call: string, error: unknown) => void): void {
  const running = new Map<number, AbortController>()
  const send = (message: ServerMessage): void => { channel.send(message) }

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      if (!isCallName(service.protocol, name)) throw noSuchCall(name)
      const output = await dispatch(service, { name, input }, { signal: controller.signal })
      send({ type: 'answer', id, output })
    } catch (error) {
      if (!(error instanceof AppError) && !isCancel(error)) onBug(name, error)
      send({ type: 'failure', id, error: toErrorShape(error, name) })
    } finally {
      running.delete(id)
    }
  }

  const unsubscribe = service.subscribe((event) => { send({ type: 'event', event }) })
  channel.onMessage((raw) => {
    const message = ClientMessage.safeParse(raw)
    if (!message.success) return // not one of ours: nobody to answer to
    switch (message.data.type) {
      case 'call': void answer(message.data.id, message.data.name, message.data.input); break
      case 'cancel': running.get(message.data.id)?.abort(new AppError('CANCELLED', { message: 'Stopped.' })); break
    }
  })
  channel.onClose(() => {
    unsubscribe()
    for (const controller of running.values()) controller.abort(new AppError('CANCELLED', { message: 'The client is gone.' }))
  })
}
