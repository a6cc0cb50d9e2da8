import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../errors.ts'
import type { Library } from '../../store/database.ts'
import { networkRequests } from '../../store/network-log.ts'
import { testLibrary } from '../../store/test-library.ts'
import { Manifest, MANIFEST_FILE } from '../model-spec.ts'
import { installModel, stagingFolder } from './install-model.ts'
import { readJournal } from './journal.ts'
import { spanBytes } from './spans.ts'
import { answerRightly, hubFiles, networkWith, seededBytes, sha256, testHub, testSpec } from './test-hub.ts'
import type { TestHub, Trick } from './test-hub.ts'
import { noInference, quickPace, testTools, watch } from './test-install.ts'

const never = new AbortController().signal
const weights = seededBytes(300_000, 1)
const config = Buffer.from('{"hidden_size": 384}')
const files = { 'onnx/weights.bin': weights, 'config.json': config }
const spec = testSpec('talker', files)

let library: Library & { folder: string }
let hub: TestHub
beforeEach(async () => {
  library = await testLibrary()
  hub = await testHub(hubFiles('talker', files))
})
afterEach(async () => {
  await hub.close()
  library.close()
})

const network = () => networkWith({ 'huggingface.co': hub })
const install = async (change: Parameters<typeof testTools>[2] = {}, options: { spec?: typeof spec, signal?: AbortSignal, progress?: ReturnType<typeof watch> } = {}) => {
  const tools = testTools(library, network(), change)
  await installModel({ spec: options.spec ?? spec, variants: ['fp32'] }, { tools, progress: options.progress ?? watch() }, options.signal ?? never)
}
const folderOf = (id: string) => path.join(library.paths.models, id)
const fetched = () => Object.fromEntries(Object.keys(files).map((name) => [name, sha256(readFileSync(path.join(folderOf('talker'), name)))]))
const right = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)]))

/** Plays the trick on the first so many requests for the weights that are no HEAD, then answers rightly. */
function trickOnce(trick: (response: ServerResponse, range: [number, number]) => void, times = 1): Trick {
  let left = times
  return (request, response) => {
    if (left === 0 || request.url !== '/talker/onnx/weights.bin') return false
    left -= 1
    const range = /(\d+)-(\d+)/.exec(request.headers.range ?? '')
    trick(response, [Number(range?.[1]), Number(range?.[2]) + 1])
    return true
  }
}

const pieceHeaders = ([from, to]: [number, number], bytes = weights) => ({ 'content-range': `bytes ${from}-${to - 1}/${bytes.length}`, 'content-length': to - from })

describe('an install', () => {
  test('fetches, checks, tries, writes down what is there and only then gives the folder its name', async () => {
    const inference = noInference()
    const progress = watch()
    await install({ inference }, { progress })
    expect(progress.phases).toEqual(['waiting', 'fetching', 'checking', 'trying'])
    expect(inference.tried).toEqual([{ folder: stagingFolder(library.paths.models, 'talker'), variants: ['fp32'] }])
    expect(fetched()).toEqual(right)
    expect(readdirSync(library.paths.models)).toEqual(['talker'])
    expect(readdirSync(folderOf('talker')).sort()).toEqual(['config.json', 'onnx', MANIFEST_FILE])
    const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(folderOf('talker'), MANIFEST_FILE), 'utf8')))
    expect(manifest).toMatchObject({ from: 'network', variant: 'fp32', provider: 'cpu', variants: ['fp32'] })
    expect(Object.fromEntries(manifest.files.map((file) => [file.path, file.sha256]))).toEqual(right)
  })

  test('asks for pieces at once, each byte one time, and writes one line a file into the log', async () => {
    await install()
    expect(hub.sentBytes).toBe(weights.length + config.length)
    expect(hub.requests).toHaveLength(Math.ceil(weights.length / 16_384) + 1)
    expect(networkRequests(library.db)).toMatchObject([
      { url: 'https://huggingface.co/talker/onnx/weights.bin', purpose: 'model: Test model talker, onnx/weights.bin', outcome: 'answered 206; 19 requests', bytes: weights.length },
      { url: 'https://huggingface.co/talker/config.json', outcome: 'answered 206', bytes: config.length },
    ])
  })

  test('of what is here asks nothing of the network', async () => {
    await install()
    hub.requests = []
    await install()
    expect(hub.requests).toEqual([])
  })

  test('that could not be tried is kept, and asks nothing of the network the next time', async () => {
    const inference = noInference()
    const refuses = { ...inference, tryOut: async () => { throw new AppError('MODEL_DAMAGED', { message: 'It gives nothing.' }) } }
    await expect(install({ inference: refuses })).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: 'It gives nothing.' })
    expect(existsSync(folderOf('talker'))).toBe(false)
    expect(await readJournal(stagingFolder(library.paths.models, 'talker'))).toMatchObject({ error: { code: 'MODEL_DAMAGED', message: 'It gives nothing.' } })
    hub.requests = []
    await install()
    expect(hub.requests).toEqual([])
    expect(fetched()).toEqual(right)
  })

  test('of another variant brings only what is missing, and tries both', async () => {
    await install()
    const more = { 'onnx/weights_q4.bin': seededBytes(1000, 9) }
    hub.files.set('/talker/onnx/weights_q4.bin', more['onnx/weights_q4.bin'])
    const both = { ...spec, variants: [...spec.variants, { ...testSpec('talker', more).variants[0]!, name: 'q4', isUsual: false }] }
    hub.requests = []
    const inference = noInference()
    const tools = testTools(library, network(), { inference })
    await installModel({ spec: both, variants: ['q4'] }, { tools, progress: watch() }, never)
    expect(hub.requests.map(({ url }) => url)).toEqual(['/talker/onnx/weights_q4.bin'])
    expect(inference.tried).toEqual([{ folder: folderOf('talker'), variants: ['fp32', 'q4'] }])
    const manifest = Manifest.parse(JSON.parse(readFileSync(path.join(folderOf('talker'), MANIFEST_FILE), 'utf8')))
    expect(manifest.files.map((file) => file.path).sort()).toEqual(['config.json', 'onnx/weights.bin', 'onnx/weights_q4.bin'])
    expect(readdirSync(library.paths.models)).toEqual(['talker'])
  })

  test('puts back a file that was changed and leaves the others', async () => {
    await install()
    hub.requests = []
    writeFileSync(path.join(folderOf('talker'), 'config.json'), 'x'.repeat(config.length))
    await install()
    expect(hub.requests.map(({ url }) => url)).toEqual(['/talker/config.json'])
    expect(fetched()).toEqual(right)
  })
})

const impatient = { ...quickPace, stallMs: 300 }

describe('a server that', () => {
  const survives = async (trick: Trick, pace = quickPace) => {
    hub.trick = trick
    await install({ pace })
    expect(fetched()).toEqual(right)
  }

  test('stalls is given up and asked again', () => survives(trickOnce((response, range) => { response.writeHead(206, pieceHeaders(range)).write(weights.subarray(range[0], range[0] + 100)) }, 2), impatient))

  test('does not say each time which file it is does not begin anew', async () => {
    let answered = 0
    await survives((request, response, file) => {
      if (file !== weights || ++answered % 2 === 0) return false
      const range = /(\d+)-(\d+)/.exec(request.headers.range ?? '')
      const [from, to] = [Number(range?.[1]), Math.min(Number(range?.[2]) + 1, weights.length)]
      response.writeHead(206, pieceHeaders([from, to])).end(weights.subarray(from, to))
      return true
    })
    expect(hub.sentBytes).toBe(weights.length + config.length)
  })

  test('cuts the connection is asked for the rest only', async () => {
    await survives(trickOnce((response, range) => {
      response.writeHead(206, pieceHeaders(range))
      response.write(weights.subarray(range[0], range[0] + 1000), () => { response.destroy() })
    }, 5))
    // What is on its way when a connection is cut is lost, in the pieces beside it too. To begin anew each time would be five times all of it.
    expect(hub.sentBytes).toBeLessThan(weights.length * 1.5)
  })

  test('gives less than it was asked for is asked for the rest', () => survives(trickOnce((response, [from]) => { response.writeHead(206, pieceHeaders([from, from + 10])).end(weights.subarray(from, from + 10)) }, 3)))

  test('is busy is waited for as long as it asks', () => survives(trickOnce((response) => { response.writeHead(429, { 'retry-after': '0' }).end('slowly') }, 2)))

  test('has a bad moment is asked again', () => survives(trickOnce((response) => { response.writeHead(500).end() }, 2)))

  test('sends another piece than it was asked for is asked again', () => survives(trickOnce((response) => { response.writeHead(206, pieceHeaders([5, 15])).end(weights.subarray(5, 15)) })))

  test('knows no ranges gives the file as one', async () => {
    await survives((request, response, file) => {
      if (file === undefined) return false
      response.writeHead(200, { 'content-length': file.length }).end(file)
      return true
    })
    expect(hub.requests).toHaveLength(2)
  })

  test('knows neither ranges nor lengths gives the file as one', () => survives((_request, response, file) => {
    response.writeHead(200).write(file?.subarray(0, 5))
    response.end(file?.subarray(5))
    return true
  }))

  test('has another file in the middle of it is asked for all of that', async () => {
    const stale = seededBytes(weights.length, 2)
    let asked = 0
    await survives((request, response) => {
      if (request.url !== '/talker/onnx/weights.bin' || ++asked > 6) return false
      answerRightly(request, response, stale)
      return true
    })
  })

  test('sends on to another host is followed, and that one is asked for the pieces', async () => {
    const store = await testHub({ '/bytes': weights })
    try {
      hub.trick = trickOnce((response) => { response.writeHead(302, { location: 'https://store.test/bytes?key=secret' }).end() }, 99)
      const tools = testTools(library, networkWith({ 'huggingface.co': hub, 'store.test': store }))
      await installModel({ spec, variants: ['fp32'] }, { tools, progress: watch() }, never)
      expect(fetched()).toEqual(right)
      expect(hub.requests.filter(({ url }) => url.includes('weights'))).toHaveLength(1)
      expect(networkRequests(library.db).map(({ url }) => url)).toContain('https://store.test/bytes?…')
    } finally {
      await store.close()
    }
  })
})

describe('an install fails with a clear word when the server', () => {
  const fails = async (trick: Trick, error: { code: string, message: string }, pace = quickPace) => {
    hub.trick = trick
    await expect(install({ pace })).rejects.toMatchObject(error)
    expect(existsSync(folderOf('talker'))).toBe(false)
  }
  const always = (answer: (response: ServerResponse) => void): Trick => (request, response) => {
    if (request.url !== '/talker/onnx/weights.bin') return false
    answer(response)
    return true
  }
  const host = 'huggingface.co'

  test('does not have it', () => fails(always((response) => { response.writeHead(404).end() }), { code: 'NETWORK_FAILED', message: `${host} does not have "onnx/weights.bin" (404).` }))
  test('has trouble all the time', () => fails(always((response) => { response.writeHead(503).end() }), { code: 'NETWORK_FAILED', message: `${host} did not give "onnx/weights.bin": it answered 503.` }))
  test('lets nobody in', () => fails(always((response) => { response.writeHead(403).end() }), { code: 'NETWORK_FAILED', message: `${host} does not let this machine have "onnx/weights.bin" (403).` }))
  test('sends a page', () => fails(always((response) => { response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Sign in</h1>') }), { code: 'NETWORK_FAILED', message: `${host} sent a page in the place of "onnx/weights.bin".` }))
  test('stalls all the time', () => fails(trickOnce((response, range) => { response.writeHead(206, pieceHeaders(range)).flushHeaders() }, Infinity), { code: 'NETWORK_FAILED', message: `${host} sends nothing any more: nothing came for 0.3 seconds.` }, impatient))
  test('breaks off all the time', () => fails(always((response) => {
    response.writeHead(200)
    response.write(weights.subarray(0, 5))
    response.end()
  }), { code: 'NETWORK_FAILED', message: '"onnx/weights.bin" broke off: 299995 bytes are missing.' }))
  test('has a file of another length', () => fails(always((response) => { response.writeHead(206, { 'content-range': 'bytes 0-9/10' }).end('0123456789') }), { code: 'MODEL_DAMAGED', message: '"onnx/weights.bin" has 10 bytes where it should have 300000.' }))
  test('sends more than it said', () => fails(always((response) => {
    response.writeHead(200)
    response.write(weights)
    response.end('more')
  }), { code: 'MODEL_DAMAGED', message: '"onnx/weights.bin" has 300004 bytes where it should have 300000.' }))
  test('sends in circles', () => fails(always((response) => { response.writeHead(302, { location: '/talker/onnx/weights.bin' }).end() }), { code: 'NETWORK_FAILED', message: `${host} sends on from one address to the next without end.` }))
  test('sends on to where nothing is encrypted', () => fails(always((response) => { response.writeHead(302, { location: `${hub.origin}/talker/onnx/weights.bin` }).end() }),
    { code: 'NETWORK_FAILED', message: `${host} sends on to "${hub.origin}", where anybody on the way could change what comes.` }))
  test('sends on to a file of this machine', () => fails(always((response) => { response.writeHead(302, { location: 'file:///etc/passwd' }).end() }), { code: 'NETWORK_FAILED', message: '"file:" is no address of the web: it is not asked.' }))
  test('sends on to a page', () => fails((request, response) => {
    if (request.url === '/sign-in') response.writeHead(200, { 'content-type': 'text/html' }).end('<form>')
    else if (request.url === '/talker/onnx/weights.bin') response.writeHead(302, { location: '/sign-in' }).end()
    else return false
    return true
  }, { code: 'NETWORK_FAILED', message: `${host} sent a page in the place of "onnx/weights.bin".` }))
  test('is another one every time', () => fails((request, response, file) => {
    if (file !== weights) return false
    answerRightly(request, response, seededBytes(weights.length, hub.requests.length))
    return true
  }, { code: 'NETWORK_FAILED', message: `"onnx/weights.bin" changes on ${host} while it is fetched.` }))

  test('keeps what came, says why, and goes on from it', async () => {
    let answered = 0
    hub.trick = (request, response) => {
      if (request.url !== '/talker/onnx/weights.bin' || ++answered <= 8) return false
      response.writeHead(503).end()
      return true
    }
    await expect(install()).rejects.toMatchObject({ code: 'NETWORK_FAILED' })
    const journal = await readJournal(stagingFolder(library.paths.models, 'talker'))
    expect(journal).toMatchObject({ totalBytes: weights.length + config.length, error: { code: 'NETWORK_FAILED' } })
    const kept = journal!.files.reduce((sum, { spans }) => sum + spanBytes(spans), 0)
    // The pieces that were on their way when it was given up, at most one a connection, may be lost.
    expect(kept).toBeGreaterThanOrEqual(config.length + 4 * 16_384)
    expect(kept).toBeLessThanOrEqual(config.length + 8 * 16_384)
    hub.trick = null
    hub.sentBytes = 0
    await install()
    expect(hub.sentBytes).toBe(weights.length + config.length - kept)
    expect(fetched()).toEqual(right)
  })
})
