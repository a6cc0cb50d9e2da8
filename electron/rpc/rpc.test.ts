import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import { portChannel } from './channels.ts'
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

  it('refuses a call that does not exist, also one that every object has by nature', async () => {
    const { port1, port2 } = new MessageChannel()
    serve(portChannel(port2), createTestApp(), ignore)
    const answer = new Promise((resolve) => { port1.once('message', resolve) })
    port1.postMessage({ type: 'call', id: 1, name: 'constructor', input: {} })
    expect(await answer).toMatchObject({ type: 'failure', error: { code: 'BAD_MESSAGE' } })
    port1.close()
  })
})
