import { getEventListeners } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import type { CallContext } from '../core/handlers.ts'
import { RemoteError, createClient } from './client.ts'
import { memoryChannels, portChannel } from './channels.ts'
import { serve } from './server.ts'
import { createTestApp, testProtocol } from './test-app.ts'
import type { Connection } from './test-connections.ts'
import { transports } from './test-connections.ts'

const ignore = (): void => undefined

describe.each(Object.keys(transports))('calls over %s', (name) => {
  let connection: Connection | undefined
  const connect = async (): Promise<Connection['client']> => {
    const open = transports[name]
    if (open === undefined) throw new Error('no such transport')
    connection = await open()
    return connection.client
  }
  const close = async (): Promise<void> => {
    const open = connection
    connection = undefined
    await open?.close()
  }
  afterEach(close)

  it('answer with what the handler gave', async () => {
    expect(await (await connect()).call('library.list', {})).toEqual({ videos: [] })
  })

  it('fill in the defaults of the contract', async () => {
    const answer = await (await connect()).call('search.query', { query: 'boat' })
    expect(answer.notes).toEqual(['limit 20'])
  })

  it('carry an error with its code and hint', async () => {
    await expect((await connect()).call('library.scenes', { video: 'none' })).rejects.toMatchObject({ code: 'USAGE', message: 'No video "none".', hint: 'List them.' })
  })

  it('show an unexpected error as INTERNAL without its text', async () => {
    await expect((await connect()).call('doctor', {})).rejects.toMatchObject({ code: 'INTERNAL', message: 'Something went wrong in doctor.' })
  })

  it('refuse input that breaks the contract', async () => {
    await expect((await connect()).call('search.query', { query: 'x', limit: 0 })).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('cancel on the other side when the signal is aborted', async () => {
    const stop = new AbortController()
    const client = await connect()
    const waiting = client.call('jobs.idle', { videos: [] }, stop.signal)
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('end, all of them, when 1,000 are cancelled at any moment, leave nothing at the signals, and the next is answered', async () => {
    const client = await connect()
    const ended = await Promise.all(Array.from({ length: 1000 }, async (_, at) => {
      const stop = new AbortController()
      const asked = at % 2 === 0 ? client.call('jobs.idle', { videos: [] }, stop.signal) : client.call('search.query', { query: `q${at}` }, stop.signal)
      if (at % 3 === 0) stop.abort()
      else setTimeout(() => { stop.abort() }, at % 10)
      const outcome = await asked.then(() => 'answered', (error: unknown) => error instanceof RemoteError ? error.code : 'other')
      return { outcome, listeners: getEventListeners(stop.signal, 'abort').length }
    }))
    expect(ended.filter(({ listeners }) => listeners > 0)).toEqual([])
    expect(ended.filter((_, at) => at % 2 === 0).every(({ outcome }) => outcome === 'CANCELLED')).toBe(true)
    expect(ended.every(({ outcome }) => outcome === 'CANCELLED' || outcome === 'answered')).toBe(true)
    expect((await client.call('search.query', { query: 'boat' })).query).toBe('boat')
  })

  it('reject when the other side goes after a cancel and before its answer', async () => {
    const client = await connect()
    await client.call('library.list', {})
    const stop = new AbortController()
    const waiting = client.call('jobs.idle', { videos: [] }, stop.signal)
    const closed = close()
    stop.abort()
    await expect(waiting).rejects.toBeInstanceOf(RemoteError)
    await closed
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  })

  it('tell events in order', async () => {
    const client = await connect()
    const seen: number[] = []
    client.onEvent((event) => { if (event.type === 'import-found') seen.push(event.files) })
    await client.call('library.import', { paths: ['a', 'b', 'c'], fast: true })
    expect(seen).toEqual([1, 2, 3])
  })

  it('carry an answer of 10 MB', async () => {
    const answer = await (await connect()).call('search.query', { query: 'large' })
    expect(answer.query).toHaveLength(10_000_000)
  })

  it('answer 200 calls at a time, each its own', async () => {
    const client = await connect()
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => client.call('search.query', { query: `q${String(index)}` })))
    expect(answers.map((answer) => answer.query)).toEqual(Array.from({ length: 200 }, (_, index) => `q${String(index)}`))
  })

  it('reject at once what waits and what comes after the channel closed', async () => {
    const client = await connect()
    await client.call('library.list', {})
    const waiting = client.call('jobs.idle', { videos: [] })
    waiting.catch(() => undefined)
    await close()
    await expect(waiting).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    await expect(client.call('library.list', {})).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
  })
})

describe('a server', () => {
  it('tells of a bug whole on its own side, and not of an expected error', async () => {
    const { port1, port2 } = new MessageChannel()
    const bugs: string[] = []
    serve(portChannel(port2), createTestApp(), (call, error) => { bugs.push(`${call}: ${String(error)}`) })
    const client = createClient(testProtocol, portChannel(port1))
    await expect(client.call('doctor', {})).rejects.toMatchObject({ code: 'INTERNAL' })
    await expect(client.call('library.scenes', { video: 'none' })).rejects.toMatchObject({ code: 'USAGE' })
    expect(bugs).toEqual(['doctor: Error: not part of these tests'])
    port1.close()
  })

  it('stops what runs when its client goes, and nothing that was answered or stopped before', async () => {
    const channels = memoryChannels()
    const signals: AbortSignal[] = []
    const app = createTestApp()
    const seen = <Input, Answer>(handler: (input: Input, context: CallContext) => Answer) => (input: Input, context: CallContext): Answer => {
      signals.push(context.signal)
      return handler(input, context)
    }
    const handlers = { ...app.handlers, 'library.list': seen(app.handlers['library.list']), 'jobs.idle': seen(app.handlers['jobs.idle']) }
    serve(channels.server, { ...app, handlers }, ignore)
    const client = createClient(testProtocol, channels.client)
    for (let at = 0; at < 100; at++) await client.call('library.list', {})
    const waiting = client.call('jobs.idle', { videos: [] })
    await expect.poll(() => signals.length).toBe(101)
    channels.close()
    await expect(waiting).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    expect(signals.map(({ aborted }) => aborted)).toEqual([...Array.from({ length: 100 }, () => false), true])
  })

  it('refuses a call that does not exist, also one that every object has by nature', async () => {
    const { port1, port2 } = new MessageChannel()
    serve(portChannel(port2), createTestApp(), ignore)
    const answer = new Promise((resolve) => { port1.once('message', resolve) })
    port1.postMessage({ type: 'call', id: 1, name: 'constructor', input: {} })
    expect(await answer).toMatchObject({ type: 'failure', error: { code: 'BAD_MESSAGE' } })
    port1.close()
  })
})
