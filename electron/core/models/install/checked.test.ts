import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Library } from '../../store/database.ts'
import { testLibrary } from '../../store/test-library.ts'
import type { ModelSpec } from '../model-spec.ts'
import { installModel } from './install-model.ts'
import { answerRightly, hubFiles, networkWith, seededBytes, sha256, testHub, testSpec } from './test-hub.ts'
import type { TestHub, Trick } from './test-hub.ts'
import { quickPace, testTools, watch } from './test-install.ts'

const weights = seededBytes(300_000, 1)
const config = Buffer.from('{"hidden_size": 384}')
const files = { 'onnx/weights.bin': weights, 'config.json': config }

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

const install = async (spec: ModelSpec) => {
  await installModel({ spec, variants: ['fp32'] }, { tools: testTools(library, networkWith({ 'huggingface.co': hub })), progress: watch() }, new AbortController().signal)
}
const folderOf = (id: string) => path.join(library.paths.models, id)

describe('what was fetched', () => {
  test('with a flipped bit is refused 100 of 100 times, thrown away, and right the next time', async () => {
    const small = { 'small.bin': seededBytes(2000, 3) }
    const one = testSpec('small', small)
    hub.files = new Map(Object.entries(hubFiles('small', small)))
    const places = seededBytes(400, 4)
    for (let time = 0; time < 100; time++) {
      const flipped = Buffer.from(small['small.bin'])
      flipped[places.readUInt32LE(time * 4) % flipped.length]! ^= 1 << time % 8
      hub.files.set('/small/small.bin', flipped)
      await expect(install(one)).rejects.toMatchObject({
        code: 'MODEL_DAMAGED', message: `"small.bin" came damaged: its SHA-256 is ${sha256(flipped)} and should be ${sha256(small['small.bin'])}.`,
      })
      expect(existsSync(folderOf('small'))).toBe(false)
    }
    hub.files.set('/small/small.bin', small['small.bin'])
    await install(one)
    expect(existsSync(folderOf('small'))).toBe(true)
  })

  describe('of which the catalog knows no hash', () => {
    const unknown = testSpec('talker', files)
    unknown.variants[0]!.files[0] = { ...unknown.variants[0]!.files[0]!, sha256: null, bytes: 5, isEstimate: true }
    unknown.files[0] = { ...unknown.files[0]!, sha256: null }
    const saying = (headers: Record<string, string | number>): Trick => (request, response) => {
      if (request.url === '/talker/onnx/weights.bin') response.writeHead(302, { location: '/store', ...headers }).end()
      else if (request.url === '/store') answerRightly(request, response, weights)
      else return false
      return true
    }

    test('is compared with the one that the hub publishes, as is its length', async () => {
      hub.trick = saying({ 'x-linked-etag': `"${sha256(weights)}"`, 'x-linked-size': weights.length })
      await install(unknown)
      expect(sha256(readFileSync(path.join(folderOf('talker'), 'onnx/weights.bin')))).toBe(sha256(weights))
      expect(hub.requests[0]).toMatchObject({ method: 'HEAD' })
    })

    test('and that is another one is refused', async () => {
      hub.trick = saying({ 'x-linked-etag': `"${sha256(config)}"`, 'x-linked-size': weights.length })
      await expect(install(unknown)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining(`should be ${sha256(config)}`) as string })
    })

    test('is refused where nobody says what it should be, but for a small text', async () => {
      hub.trick = saying({})
      await expect(install(unknown)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: '"onnx/weights.bin" came damaged: no server says what should be in it.' })
    })

    test('is fetched also where nobody answers what it should be, if it is a small text', async () => {
      const small = testSpec('small', { 'config.json': config })
      small.variants[0]!.files[0]!.sha256 = null
      hub.files.set('/small/config.json', config)
      hub.trick = (request) => request.method === 'HEAD' // and no answer
      const tools = testTools(library, networkWith({ 'huggingface.co': hub }), { pace: { ...quickPace, stallMs: 500, tries: 20 } })
      await installModel({ spec: small, variants: ['fp32'] }, { tools, progress: watch() }, new AbortController().signal)
      expect(hub.requests.map(({ method }) => method)).toContain('GET')
    })

    test('has the name that git gives to a small text', async () => {
      // printf 'blob 20\0{"hidden_size": 384}' | sha1sum
      const gitName = createHash('sha1').update('blob 20\0{"hidden_size": 384}').digest('hex')
      const small = testSpec('small', { 'config.json': config })
      small.variants[0]!.files[0]!.sha256 = null
      hub.files.set('/small/config.json', config)
      const named = (name: string): Trick => (request, response, file) => {
        response.setHeader('x-repo-commit', '1')
        response.writeHead(200, { etag: `"${name}"`, 'content-length': file?.length ?? 0 }).end(request.method === 'HEAD' ? undefined : file)
        return true
      }
      hub.trick = named(gitName.replace(/^./, (digit) => digit === '0' ? '1' : '0'))
      await expect(install(small)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining(`git names its content ${gitName}`) as string })
      hub.trick = named(gitName)
      await install(small)
    })

    test('and that is no JSON where it should be is refused', async () => {
      hub.trick = saying({ 'x-linked-etag': `"${sha256(weights)}"`, 'x-linked-size': weights.length })
      hub.files.set('/talker/config.json', Buffer.from('{"hidden_size": 38x}'))
      await expect(install(unknown)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('"config.json" came damaged: it is no JSON') as string })
    })
  })
})
