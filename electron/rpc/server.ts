import type { CallName, CallOutput, CallParsed } from '../contract/calls.ts'
import { calls } from '../contract/calls.ts'
import { AppError, isCancel, toErrorShape } from '../core/errors.ts'
import type { App, CallContext, Handlers } from '../core/handlers.ts'
import type { Channel, ServerMessage } from './wire.ts'
import { ClientMessage } from './wire.ts'

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}

function parseInput<Name extends CallName>(name: Name, input: unknown): CallParsed<Name> {
  const parsed = calls[name].input.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('USAGE', { message: `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not valid'}`.trim() })
  }
  return parsed.data as CallParsed<Name> // the schema of this very call
}

// Generic, so that the compiler checks that a call's input goes to the handler of the same call.
function dispatch<Name extends CallName>(handlers: Pick<Handlers, Name>, request: { name: Name, input: unknown }, context: CallContext): Promise<CallOutput<Name>> {
  return handlers[request.name](parseInput(request.name, request.input), context)
}

/**
 * Answers the calls that come over `channel` from `app`, cancels what is asked to be cancelled, and passes the
 * app's events on, until the channel closes: then what still runs for it is cancelled.
 * What is no AppError is a bug: `onBug` gets it whole, the client only hears that there was one.
 */
export function serve(channel: Channel, app: Pick<App, 'handlers' | 'subscribe'>, onBug: (call: string, error: unknown) => void): void {
  const running = new Map<number, AbortController>()
  const send = (message: ServerMessage): void => { channel.send(message) }

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const controller = new AbortController()
    running.set(id, controller)
    try {
      if (!isCallName(name)) throw new AppError('BAD_MESSAGE', { message: `There is no call "${name}".`, hint: 'The two sides are of different versions.' })
      const output = await dispatch(app.handlers, { name, input }, { signal: controller.signal })
      send({ type: 'answer', id, output })
    } catch (error) {
      if (!(error instanceof AppError) && !isCancel(error)) onBug(name, error)
      send({ type: 'failure', id, error: toErrorShape(error, name) })
    } finally {
      running.delete(id)
    }
  }

  const unsubscribe = app.subscribe((event) => { send({ type: 'event', event }) })
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
