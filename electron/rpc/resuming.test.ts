import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import type { TextSocket, Times } from './resuming.ts'
import { createSessions } from './resuming.ts'
import { serve } from './server.ts'
import { createTestApp, testProtocol } from './test-app.ts'
import type { SocketPair } from './test-web-sockets.ts'
import { openSocket, socketPair } from './test-web-sockets.ts'
import type { Channel } from './wire.ts'

const quick: Times = { pingMs: 100, silenceMs: 1000, keepMs: 1000 }

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

let pair: SocketPair | undefined
afterEach(async () => {
  await pair?.close()
  pair = undefined
})

async function connect(times?: Times, app = () => createTestApp()): Promise<{ pair: SocketPair, channel: Channel, sessions: Channel[], ended: () => number }> {
  const sessions: Channel[] = []
  let ended = 0
  const opened = await socketPair((channel) => {
    sessions.push(channel)
    channel.onClose(() => { ended += 1 })
    serve(channel, app(), () => undefined)
  }, times)
  pair = opened
  return { pair: opened, channel: opened.channels[0]!, sessions, ended: () => ended }
}

describe('a WebSocket that is cut', () => {
  it.each([1, 3])('%i times in the middle of 200 events and 100 calls loses none, repeats none, and keeps their order', async (cuts) => {
    const events: number[] = []
    let cutsMade = 0
    // Each cut comes when the page hears what is said, and has not heard the last of it.
    const pace = async (told: number): Promise<void> => {
      await delay(2)
      if (cutsMade === cuts || told !== 50 * (cutsMade + 1)) return
      await expect.poll(() => events.length, { interval: 2 }).toBeGreaterThan(told - 10)
      cutsMade += 1
      sockets.cut()
    }
    const { pair: sockets, channel, sessions } = await connect(undefined, () => createTestApp(pace))
    const client = createClient(testProtocol, channel)
    client.onEvent((event) => { if (event.type === 'import-found') events.push(event.files) })
    const answered: number[] = []
    const importing = client.call('library.import', { paths: numbers(200).map(String) })
    const calls = numbers(100).map(async (index) => {
      await delay(index * 4)
      const { query } = await client.call('search.query', { query: String(index) })
      answered.push(Number(query))
    })
    await Promise.all([importing, ...calls])
    expect(sockets.interruptions()).toBe(cuts)
    expect(events).toEqual(numbers(200))
    expect(answered.toSorted((a, b) => a - b)).toEqual(numbers(100))
    expect([sessions.length, sockets.channels.length]).toEqual([1, 1])
  })

  it('in the middle of an answer of 10 MB gives that answer once', async () => {
    const { pair: sockets, channel } = await connect()
    const client = createClient(testProtocol, channel)
    const answer = client.call('search.query', { query: 'large' })
    await delay(5)
    sockets.cut()
    expect((await answer).query).toHaveLength(10_000_000)
  })

  it('keeps a call waiting while it is away, and cancels it when the page asks so meanwhile', async () => {
    const { pair: sockets, channel } = await connect()
    const client = createClient(testProtocol, channel)
    const stop = new AbortController()
    const waiting = client.call('jobs.idle', { videos: [] }, stop.signal)
    sockets.cut()
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('a socket that is silent', () => {
  it('is noticed and replaced', async () => {
    const { pair: sockets, channel, sessions } = await connect({ ...quick, keepMs: 25_000 })
    const client = createClient(testProtocol, channel)
    await client.call('library.list', {})
    sockets.freeze()
    expect(await client.call('search.query', { query: 'still there' })).toMatchObject({ query: 'still there' })
    expect(sockets.interruptions()).toBeGreaterThan(0)
    expect(sessions).toHaveLength(1)
  })

  it('is not one that only has nothing to say', async () => {
    const { pair: sockets } = await connect({ ...quick, silenceMs: 2500 })
    await delay(3000)
    expect(sockets.interruptions()).toBe(0)
  })
})

/** A client that speaks by hand. */
async function speak(sockets: SocketPair): Promise<{ socket: TextSocket, heard: unknown[], closed: Promise<void>, say(frame: unknown): void }> {
  const socket = await openSocket(sockets.port, sockets.token)
  const heard: unknown[] = []
  socket.onText((text) => { heard.push(JSON.parse(text)) })
  const closed = new Promise<void>((resolve) => { socket.onClose(() => { resolve() }) })
  return { socket, heard, closed, say: (frame) => { socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)) } }
}

describe('a session', () => {
  it('ends on the server when no socket comes back in time, and what runs for it is cancelled', async () => {
    const { pair: sockets, ended } = await connect(quick)
    const { socket, heard, say } = await speak(sockets)
    say({ hello: null, received: 0 })
    await expect.poll(() => heard.length).toBeGreaterThan(0)
    socket.close()
    await delay(100)
    expect(ended()).toBe(0)
    await expect.poll(ended).toBe(1)
  })

  it('that the server does not know any more closes its channel, and a new one begins', async () => {
    const { pair: sockets, channel, sessions } = await connect()
    const client = createClient(testProtocol, channel)
    await client.call('library.list', {})
    const waiting = client.call('jobs.idle', { videos: [] })
    const rejected = expect(waiting).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    sockets.endSessions()
    await rejected
    await expect.poll(() => sockets.channels.length).toBe(2)
    expect(await createClient(testProtocol, sockets.channels[1]!).call('library.list', {})).toEqual({ videos: [] })
    expect(sessions).toHaveLength(2)
  })

  it.each([
    ['no JSON', '{"hello":'],
    ['a frame of another kind', { seq: 1, message: 'x' }],
    ['a received count below zero', { hello: null, received: -1 }],
    ['a frame with something added', { hello: null, received: 0, more: true }],
  ])('does not begin with %s: the socket is closed', async (_, first) => {
    const { pair: sockets, sessions } = await connect()
    const { closed, say } = await speak(sockets)
    say(first)
    await closed
    expect(sessions).toHaveLength(1) // that of the client beside it
  })

  it.each([
    ['no JSON', 'seq'],
    ['a gap in the numbers', { seq: 3, message: 'x' }],
    ['a receipt for what was never sent', { received: 99, ping: false }],
    ['a second hello', { hello: null, received: 0 }],
  ])('closes a socket that sends %s', async (_, frame) => {
    const { pair: sockets } = await connect()
    const { closed, heard, say } = await speak(sockets)
    say({ hello: null, received: 0 })
    await expect.poll(() => heard[0]).toMatchObject({ received: 0 })
    say(frame)
    await closed
  })

  it('takes no message twice when a client sends it again', async () => {
    const { pair: sockets, sessions } = await connect()
    const first = await speak(sockets)
    first.say({ hello: null, received: 0 })
    await expect.poll(() => sessions.length).toBe(2)
    const got: unknown[] = []
    sessions[1]!.onMessage((message) => { got.push(message) })
    first.say({ seq: 1, message: 'once' })
    await expect.poll(() => got).toEqual(['once'])
    first.say({ seq: 1, message: 'once' })
    await first.closed
    expect(got).toEqual(['once'])
  })

  it('ends when more lies unread than is kept', () => {
    const texts: string[] = []
    const listeners: ((text: string) => void)[] = []
    const channels: Channel[] = []
    const sessions = createSessions((channel) => { channels.push(channel) })
    sessions.accept({ send: (text) => { texts.push(text) }, close: () => undefined, onText: (listener) => { listeners.push(listener) }, onClose: () => undefined })
    listeners[0]!(JSON.stringify({ hello: null, received: 0 }))
    let isClosed = false
    channels[0]!.onClose(() => { isClosed = true })
    const megabyte = 'x'.repeat(1024 * 1024)
    for (let count = 0; count < 63; count += 1) channels[0]!.send(megabyte)
    expect(isClosed).toBe(false)
    channels[0]!.send(megabyte)
    expect(isClosed).toBe(true)
  })
})
