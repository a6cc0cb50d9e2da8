import { stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../electron/core/errors.ts'
import { whisperVocabulary } from '../electron/core/models/layout.ts'
import type { InstalledModel, ModelSpec } from '../electron/core/models/model-spec.ts'
import type { Inference, Transcriber } from '../electron/core/ports.ts'

type Trial = Awaited<ReturnType<Inference['tryOut']>>
type Measure = Trial['measures'][number]

function damaged({ id }: ModelSpec, what: string): AppError {
  return new AppError('MODEL_DAMAGED', { message: `The model ${id} can not be used: ${what}.`, hint: 'Check its files, or install it again.' })
}

/** Throws MODEL_DAMAGED for a file that does not begin as a whisper model does, or has another size than it should. */
async function checkHeader({ folder, spec, variant }: InstalledModel): Promise<void> {
  const name = variant.roles.model
  if (name === undefined) throw damaged(spec, 'nobody says which file it is')
  const file = path.join(folder, name)
  const facts = await stat(file).catch(() => null)
  if (facts === null) throw damaged(spec, `${file} is not there`)
  const expected = variant.files.find((one) => one.path === name)?.bytes
  if (expected !== undefined && facts.size !== expected) throw damaged(spec, `${name} has ${facts.size} bytes, and should have ${expected}`)
  if (await whisperVocabulary(file) === null) throw damaged(spec, `${name} is no whisper model`)
}

/** Quiet noise: whatever a model says of it, it has loaded its weights and used them. */
function noise(seconds: number): Float32Array {
  let seed = 1
  return Float32Array.from({ length: seconds * 16_000 }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0 // Numerical Recipes, "ranqd1"
    return (seed / 2 ** 32 - 0.5) * 0.02
  })
}

// A second of sound costs as much as a whole window of 30 s: the encoder is given silence for the rest.
const WINDOW_SECONDS = 30

async function listen(transcriber: Transcriber, signal: AbortSignal): Promise<{ itemsPerSecond: number | null, note: string }> {
  const start = performance.now()
  try {
    const heard = transcriber.transcribe({ pieces: [noise(1)], language: 'en', prompt: '', translateToEnglish: false, temperature: 0, threads: 1 }, signal)
    const noted = await Array.fromAsync(heard)
    signal.throwIfAborted()
    if (noted.length !== 1) throw new AppError('DECODE_FAILED', { message: `whisper.cpp heard ${noted.length} of one piece of sound.` })
    return { itemsPerSecond: WINDOW_SECONDS * 1000 / (performance.now() - start), note: 'one window of 30 s, with the loading of the model' }
  } catch (error) {
    if (error instanceof AppError && error.code === 'TOOL_MISSING') return { itemsPerSecond: null, note: `not tried: ${error.message}` }
    throw error
  }
}

interface Request { folder: string, spec: ModelSpec, variants: string[], signal: AbortSignal }

/**
 * Looks at the files of a speech model and lets each variant hear a second of noise, where whisper.cpp is here. The fastest is used; where none could be
 * tried, the usual one. Throws MODEL_DAMAGED where none can be used.
 */
export async function trySpeechModel({ folder, spec, variants, signal }: Request, transcriber: (model: InstalledModel) => Transcriber): Promise<Trial> {
  const measures: Measure[] = []
  const usable: { name: string, isUsual: boolean, speed: number }[] = []
  for (const variant of spec.variants.filter(({ name }) => variants.includes(name))) {
    const model: InstalledModel = { folder, spec, variant, provider: 'whisper-cli' }
    const measure = { variant: variant.name, provider: 'whisper-cli', atMs: Date.now() }
    try {
      await checkHeader(model)
      const heard = await listen(transcriber(model), signal)
      measures.push({ ...measure, ...heard })
      usable.push({ name: variant.name, isUsual: variant.isUsual, speed: heard.itemsPerSecond ?? 0 })
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== 'MODEL_DAMAGED' && error.code !== 'DECODE_FAILED')) throw error
      measures.push({ ...measure, itemsPerSecond: null, note: error.message })
    }
  }
  const best = usable.sort((a, b) => b.speed - a.speed || Number(b.isUsual) - Number(a.isUsual))[0]
  if (best === undefined) throw new AppError('MODEL_DAMAGED', { message: measures[0]?.note ?? `The model ${spec.id} has no file here.`, hint: 'Check its files, or install it again.' })
  return { variant: best.name, provider: 'whisper-cli', measures }
}
