import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Embedder, Inference } from '../electron/core/ports.ts'
import { answering } from './onnx/answering.ts'
import { models, never, pictureStandin, sentenceStandin, shared, testInference, workerFile } from './onnx/test-models.ts'
import { workerLink } from './onnx/worker-link.ts'
import type { FromWorker } from './onnx/worker-wire.ts'

const flickr = path.join(shared, 'media', 'pictures', 'flickr8k')

describe.skipIf(!existsSync(models))('the models of this machine (skipped without the shared models)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-inference-'))
  const warnings: string[] = []
  let files: string[]
  let inference: Inference
  let pictures: Embedder
  let sentences: Embedder
  beforeAll(() => {
    files = readdirSync(flickr).filter((name) => name.endsWith('.jpg')).sort().map((name) => path.join(flickr, name))
    inference = testInference({ onWarning: (text) => { warnings.push(text) } })
    pictures = inference.embedder(pictureStandin())
    sentences = inference.embedder(sentenceStandin())
  })
  afterAll(async () => {
    await inference.close()
    rmSync(folder, { recursive: true })
  })

  const query = (text = 'still here') => sentences.embed({ of: 'queries', texts: [text] }, never)

  it('answer a question while they are busy with a long list of pictures', async () => {
    await pictures.embed({ of: 'queries', texts: ['a cat'] }, never)
    const order: string[] = []
    const long = pictures.embed({ of: 'pictures', files: files.slice(0, 20) }, never).then((vectors) => { order.push(`${vectors.length} pictures`) })
    const short = pictures.embed({ of: 'queries', texts: ['a dog'] }, never).then(() => { order.push('a question') })
    await Promise.all([long, short])
    expect(order).toEqual(['a question', '20 pictures'])
  })

  it('stop within one item when asked to', async () => {
    const stop = new AbortController()
    const asked = pictures.embed({ of: 'pictures', files }, stop.signal)
    await query() // it is under way
    stop.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    await expect(pictures.embed({ of: 'pictures', files }, stop.signal)).rejects.toThrow('enough')

    const told: FromWorker[] = []
    const receive = answering({ threads: 1, idleMs: 60_000 }, (message) => { told.push(message) })
    receive({ kind: 'embed', id: 1, model: sentenceStandin(), batch: { of: 'passages', texts: Array.from({ length: 100_000 }, () => 'one of many texts') } })
    await vi.waitFor(() => { receive({ kind: 'cancel', id: 1 }); expect(told).toHaveLength(1) }, { timeout: 20_000 })
    expect(told[0]).toMatchObject({ kind: 'failure', id: 1, error: { code: 'CANCELLED' } })
  })

  it('say which file is no picture, and go on with the next question', async () => {
    const broken = path.join(folder, 'broken.webp')
    writeFileSync(broken, 'no picture')
    await expect(pictures.embed({ of: 'pictures', files: [files[0]!, broken] }, never)).rejects.toMatchObject({ code: 'UNREADABLE', message: `${broken} can not be read as a picture.` })
    expect(await pictures.embed({ of: 'pictures', files: [files[0]!] }, never)).toHaveLength(1)
  })

  it('say that a model of texts takes no pictures', async () => {
    await expect(sentences.embed({ of: 'pictures', files: [files[0]!] }, never)).rejects.toMatchObject({ code: 'MODEL_MISSING', message: 'The model sentence-standin can not be used: it takes texts only.' })
  })

  it('say that a model is not there, or gives other vectors than it should', async () => {
    const gone = inference.embedder(pictureStandin(path.join(folder, 'gone'), { picture: null }))
    await expect(gone.embed({ of: 'queries', texts: ['a'] }, never)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    const other = inference.embedder(sentenceStandin(undefined, { dimensions: 384 }))
    await expect(other.embed({ of: 'queries', texts: ['a'] }, never)).rejects.toMatchObject({
      code: 'MODEL_DAMAGED', message: 'The model sentence-standin can not be used: its vectors have 50 numbers, and its description says 384.', hint: 'Check its files, or install it again.',
    })
    expect(() => inference.embedder(sentenceStandin(undefined, { dimensions: null }))).toThrow('Nobody says how long the vectors of the model sentence-standin are.')
  })

  it('are computed by the processor where what was faster at the install does not work any more, and that is said', async () => {
    const [vector] = await inference.embedder({ ...sentenceStandin(), provider: 'gone' }).embed({ of: 'queries', texts: ['a dog'] }, never)
    expect(vector).toEqual((await query('a dog'))[0])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('sentence-standin is computed by the processor')
  })

  it('let go of a folder, so that it can be deleted: who still works with it is told', async () => {
    const own = path.join(folder, 'own')
    cpSync(sentenceStandin().folder, own, { recursive: true })
    const embedder = inference.embedder(sentenceStandin(own))
    expect(await embedder.embed({ of: 'queries', texts: ['a'] }, never)).toHaveLength(1)
    const busy = embedder.embed({ of: 'passages', texts: Array.from({ length: 20_000 }, () => 'one of many texts') }, never)
    const told = expect(busy).rejects.toMatchObject({ code: 'MODEL_MISSING', message: `The model in ${own} is being taken away.` })
    await query() // it is under way
    await inference.release(own)
    await told
    rmSync(path.join(own, 'onnx'), { recursive: true })
    await expect(embedder.embed({ of: 'queries', texts: ['a'] }, never)).rejects.toMatchObject({ code: 'MODEL_MISSING', message: expect.stringContaining('model.onnx is not there') as string })
  })

  it('are let go when nobody used them for a while, and the worker with them; the next question starts it again', async () => {
    const link = workerLink(workerFile, { threads: 1, idleMs: 40 }, () => undefined)
    const ask = () => link.ask({ kind: 'embed', model: sentenceStandin(), batch: { of: 'queries', texts: ['a'] } }, never)
    expect(link.isRunning()).toBe(false)
    const first = await ask()
    await vi.waitFor(() => { expect(link.isRunning()).toBe(false) }, { timeout: 20_000 })
    expect(await ask()).toMatchObject({ kind: 'vectors', vectors: first.kind === 'vectors' ? first.vectors : [] })
    await link.close()
  })

  it('come back after the worker died: who waited is told, the next question is answered', async () => {
    const dying = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ batch }) => { if (batch?.texts?.[0] === 'die') process.exit(3) })
      await import(${JSON.stringify(workerFile.href)})`
    const other = testInference({}, new URL(`data:text/javascript,${encodeURIComponent(dying)}`))
    const embedder = other.embedder(sentenceStandin())
    const told = { code: 'INTERNAL', message: 'What computes the models stopped working.', hint: 'It is started again at the next question.' }
    await expect(embedder.embed({ of: 'queries', texts: ['die'] }, never)).rejects.toMatchObject(told)
    expect(await embedder.embed({ of: 'queries', texts: ['a'] }, never)).toHaveLength(1)
    await other.close()
  })

  it('keep no process alive that has nothing more to ask', async () => {
    const program = path.join(folder, 'program.mjs')
    writeFileSync(program, `import { sentenceStandin, silero, testInference, never } from ${JSON.stringify(new URL('onnx/test-models.ts', import.meta.url).href)}
      const inference = testInference()
      const [vector] = await inference.embedder(sentenceStandin()).embed({ of: 'queries', texts: ['a'] }, never)
      const { likely } = await inference.voiceDetector(silero()).hear(new Float32Array(1600), null, never)
      console.log(vector.length, likely.length)`)
    const { stdout } = await promisify(execFile)(process.execPath, [program])
    expect(stdout.trim()).toBe('50 3')
  })
})
