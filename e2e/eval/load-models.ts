// Started by memory.ts: loads the models that it is sent, lets each work, and says how much memory that took.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import { z } from 'zod'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { ModelSpec, ModelVariant } from '../../electron/core/models/model-spec.ts'
import type { Inference } from '../../electron/core/ports.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { wavSamples } from '../../native/onnx/test-models.ts'
import { sharedMedia } from '../shared-media.ts'
import type { MemoryAnswer } from './memory.ts'
import { flickr8k } from './pictures-with-captions.ts'

const Models = z.array(z.object({ folder: z.string(), spec: ModelSpec, variant: ModelVariant, provider: z.string() }))

const PICTURES = 20
const SAMPLE_EVERY_MS = 50
const never = new AbortController().signal

/** Resident memory of this process and of its children, where /proc tells it; of this process alone elsewhere. */
function resident(): number {
  const own = process.memoryUsage.rss()
  if (!existsSync('/proc/self/status')) return own
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => {
    try {
      return readFileSync(`/proc/${name}/status`, 'utf8')
    } catch {
      return '' // it has ended since
    }
  }).filter((status) => status.includes(`\nPPid:\t${process.pid}\n`))
  return children.reduce((sum, status) => sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024, own)
}

async function work(model: InstalledModel, inference: Inference): Promise<void> {
  const pictures = flickr8k().slice(0, PICTURES)
  const texts = pictures.map(({ captions }) => captions.join(' '))
  switch (model.spec.task) {
    case 'pictures': {
      const embedder = inference.embedder(model)
      await embedder.embed({ of: 'pictures', files: pictures.map(({ file }) => file) }, never)
      await embedder.embed({ of: 'queries', texts }, never)
      return
    }
    case 'text': await inference.embedder(model).embed({ of: 'passages', texts }, never); return
    case 'voice': await inference.voiceDetector(model).hear(wavSamples(sharedMedia('speech', 'jfk.wav')), null, never); return
    case 'speech': {
      const job = { pieces: [wavSamples(sharedMedia('speech', 'jfk.wav'))], language: 'en', prompt: '', translateToEnglish: false, temperature: 0, threads: 1 }
      for await (const piece of inference.transcriber(model).transcribe(job, never)) if (piece.segments.length > 1000) return
    }
  }
}

async function load(models: InstalledModel[]): Promise<MemoryAnswer> {
  const { inference } = realTools(os.tmpdir())
  const baseBytes = resident()
  let peakBytes = baseBytes
  const sampling = setInterval(() => { peakBytes = Math.max(peakBytes, resident()) }, SAMPLE_EVERY_MS)
  // Twice: the second time, all are there while each of them works.
  for (let round = 0; round < 2; round++) for (const model of models) await work(model, inference)
  peakBytes = Math.max(peakBytes, resident())
  clearInterval(sampling)
  await inference.close()
  return { baseBytes, peakBytes }
}

process.once('message', (models: unknown) => {
  void load(Models.parse(models)).then((answer) => { process.send?.(answer, () => { process.disconnect() }) })
})
