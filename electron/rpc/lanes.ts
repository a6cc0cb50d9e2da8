import { z } from 'zod'
import type { Channel } from './wire.ts'

const OnLane = z.union([
  z.object({ lane: z.string(), message: z.unknown() }),
  z.object({ lane: z.string(), closed: z.literal(true) }),
])

interface Lane { messages: ((message: unknown) => void)[], closes: (() => void)[] }

/** Several channels over one. */
export interface Lanes {
  /** The channel of this name. What came for it before anybody asked for it was told to `onNew`, or is lost. */
  open(name: string): Channel
  /** Ends one lane on both sides. */
  close(name: string): void
  /** Called with the channel of a lane that the other side used first, before its first message is told. */
  onNew(listener: (name: string, channel: Channel) => void): void
}

/** Splits a channel into lanes by name. When the channel closes, all of them do. */
export function splitIntoLanes(channel: Channel): Lanes {
  const lanes = new Map<string, Lane>()
  const onNew: ((name: string, channel: Channel) => void)[] = []

  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? { messages: [], closes: [] }
    lanes.set(name, lane)
    return lane
  }
  const open = (name: string): Channel => {
    const lane = laneOf(name)
    return {
      send: (message) => { if (lanes.get(name) === lane) channel.send({ lane: name, message }) },
      onMessage: (listener) => { lane.messages.push(listener) },
      onClose: (listener) => { lane.closes.push(listener) },
    }
  }
  const end = (name: string): void => {
    const lane = lanes.get(name)
    lanes.delete(name)
    for (const listener of lane?.closes ?? []) listener()
  }

  channel.onMessage((raw) => {
    const parsed = OnLane.safeParse(raw)
    if (!parsed.success) return
    const { lane: name } = parsed.data
    if ('closed' in parsed.data) { end(name); return }
    if (!lanes.has(name)) for (const listener of onNew) listener(name, open(name))
    for (const listener of lanes.get(name)?.messages ?? []) listener(parsed.data.message)
  })
  channel.onClose(() => { for (const name of [...lanes.keys()]) end(name) })

  return {
    open,
    close: (name) => {
      if (!lanes.has(name)) return
      channel.send({ lane: name, closed: true })
      end(name)
    },
    onNew: (listener) => { onNew.push(listener) },
  }
}
