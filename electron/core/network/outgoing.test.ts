import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createNetwork } from '../../hosts/network.ts'
import type { TestHub } from '../models/install/test-hub.ts'
import { networkWith, testHub } from '../models/install/test-hub.ts'
import type { Library } from '../store/database.ts'
import { networkRequests } from '../store/network-log.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import type { Outgoing } from './outgoing.ts'
import { createOutgoing, letGo } from './outgoing.ts'
import { errand, shownAddress } from './request-log.ts'

let library: Library & { folder: string }
let hub: TestHub
let isAllowed: boolean
beforeEach(async () => {
  library = await testLibrary()
  hub = await testHub({ '/file': Buffer.from('content') })
  isAllowed = true
})
afterEach(async () => {
  await hub.close()
  library.close()
})

const gate = (plainHosts: string[] = []): Outgoing => createOutgoing({ network: networkWith({ 'hub.test': hub, 'other.test': hub }), db: library.db, clock: testClock, isAllowed: () => isAllowed, plainHosts: () => plainHosts })
const question = (purpose = 'a test') => ({ method: 'GET', headers: {}, errand: errand(purpose), signal: new AbortController().signal }) as const
const log = () => networkRequests(library.db).map(({ url, outcome, bytes }) => ({ url, outcome, bytes }))

async function read(outgoing: Outgoing, address: string): Promise<string> {
  const answer = await outgoing.ask(address, question())
  const parts: Uint8Array[] = []
  for await (const part of answer.body) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('the way out', () => {
  test('is closed by the person\'s switch, and nothing is asked then', async () => {
    isAllowed = false
    await expect(read(gate(), 'https://hub.test/file')).rejects.toMatchObject({ code: 'NETWORK_OFF' })
    expect(hub.requests).toEqual([])
    expect(log()).toEqual([])
  })

  test('is closed in the middle of an answer too', async () => {
    hub.trick = (_request, response) => { response.writeHead(200).write('begun'); return true }
    const reading = expect(read(gate(), 'https://hub.test/file')).rejects.toMatchObject({ code: 'NETWORK_OFF' })
    while (hub.requests.length === 0) await sleep(5)
    isAllowed = false
    await reading
    expect(log()).toEqual([{ url: 'https://hub.test/file', outcome: 'failed: The network is switched off in the settings.', bytes: 5 }])
  })

  test('writes each request down before it goes out, and what came of it', async () => {
    const stall = new AbortController()
    hub.trick = () => true
    const waiting = gate().ask('https://hub.test/file', { ...question(), signal: stall.signal })
    const stopped = expect(waiting).rejects.toThrow()
    while (hub.requests.length === 0) await sleep(5)
    expect(log()).toEqual([{ url: 'https://hub.test/file', outcome: 'asked', bytes: null }])
    stall.abort()
    await stopped
    expect(log()).toEqual([{ url: 'https://hub.test/file', outcome: 'stopped', bytes: 0 }])
  })

  test('writes down where it was sent, and keeps no passwords', async () => {
    hub.trick = (request, response) => {
      if (request.url !== '/start') return false
      response.writeHead(302, { location: 'https://other.test/file?key=secret' }).end()
      return true
    }
    expect(await read(gate(), 'https://hub.test/start')).toBe('content')
    expect(log()).toEqual([{ url: 'https://other.test/file?…', outcome: 'answered 200', bytes: 7 }, { url: 'https://hub.test/start', outcome: 'answered 302', bytes: 0 }])
    expect(shownAddress('https://me:secret@hub.test/a?b=c')).toBe('https://hub.test/a?…')
  })

  test('asks nothing without encryption but the very host that the person has named', async () => {
    const real = (plainHosts: string[]): Outgoing => createOutgoing({ network: createNetwork('1'), db: library.db, clock: testClock, isAllowed: () => true, plainHosts: () => plainHosts })
    await expect(read(real([]), `${hub.origin}/file`)).rejects.toMatchObject({ code: 'NETWORK_FAILED' })
    expect(await read(real([hub.host]), `${hub.origin}/file`)).toBe('content')
    hub.trick = (request, response) => {
      if (request.url !== '/away') return false
      response.writeHead(307, { location: 'http://example.invalid/file' }).end()
      return true
    }
    await expect(read(real([hub.host]), `${hub.origin}/away`)).rejects.toMatchObject({ code: 'NETWORK_FAILED', message: expect.stringContaining('"http://example.invalid" is not asked') as string })
    await expect(read(real([hub.host]), 'file:///etc/passwd')).rejects.toMatchObject({ code: 'NETWORK_FAILED' })
    expect(hub.requests.map(({ url }) => url)).toEqual(['/file', '/away'])
  })

  test('follows five times and no more, and not to nowhere', async () => {
    let hops = 0
    hub.trick = (request, response) => {
      if (request.url === '/nowhere') response.writeHead(302).end()
      else if (hops++ < 5) response.writeHead(301, { location: `/${hops}` }).end()
      else return false
      return true
    }
    const answer = await gate().ask('https://hub.test/start', question())
    await letGo(answer.body)
    expect(answer.way.map(({ url }) => url)).toEqual(['start', '1', '2', '3', '4', '5'].map((name) => `https://hub.test/${name}`))
    hops = -1
    await expect(gate().ask('https://hub.test/start', question())).rejects.toMatchObject({ message: 'hub.test sends on from one address to the next without end.' })
    await expect(gate().ask('https://hub.test/nowhere', question())).rejects.toMatchObject({ message: 'hub.test sends elsewhere and does not say where.' })
  })
})
