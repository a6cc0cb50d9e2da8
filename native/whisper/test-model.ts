import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { AppError } from '../../electron/core/errors.ts'
import { locateWhisper } from './locate.ts'

// Tensors of a Whisper model as ggml-tiny.bin of whisper.cpp has them: a block of the encoder, and what the decoder has beside it.
const LAYERS = 4
const WIDTH = 64
const MAGIC_AND_NUMBERS = 12
const F32 = 0
const F16 = 1

interface Tensor { name: string, shape: number[], isHalf: boolean }

function attention(prefix: string): Tensor[] {
  const square = (name: string): Tensor => ({ name: `${prefix}.${name}.weight`, shape: [WIDTH, WIDTH], isHalf: true })
  const bias = (name: string): Tensor => ({ name: `${prefix}.${name}.bias`, shape: [WIDTH], isHalf: false })
  return [...norm(`${prefix}_ln`), square('query'), bias('query'), square('key'), square('value'), bias('value'), square('out'), bias('out')]
}

function norm(prefix: string): Tensor[] {
  return ['weight', 'bias'].map((name) => ({ name: `${prefix}.${name}`, shape: [WIDTH], isHalf: false }))
}

function perceptron(prefix: string): Tensor[] {
  return [
    ...norm(`${prefix}.mlp_ln`),
    { name: `${prefix}.mlp.0.weight`, shape: [WIDTH, 4 * WIDTH], isHalf: true }, { name: `${prefix}.mlp.0.bias`, shape: [4 * WIDTH], isHalf: false },
    { name: `${prefix}.mlp.2.weight`, shape: [4 * WIDTH, WIDTH], isHalf: true }, { name: `${prefix}.mlp.2.bias`, shape: [WIDTH], isHalf: false },
  ]
}

interface Sizes { words: number, audioContext: number, textContext: number, mels: number }

function tensors({ words, audioContext, textContext, mels }: Sizes): Tensor[] {
  const layers = Array.from({ length: LAYERS }, (_, index) => String(index))
  return [
    { name: 'encoder.positional_embedding', shape: [WIDTH, audioContext], isHalf: false },
    { name: 'encoder.conv1.weight', shape: [3, mels, WIDTH], isHalf: true }, { name: 'encoder.conv1.bias', shape: [1, WIDTH], isHalf: false },
    { name: 'encoder.conv2.weight', shape: [3, WIDTH, WIDTH], isHalf: true }, { name: 'encoder.conv2.bias', shape: [1, WIDTH], isHalf: false },
    ...layers.flatMap((layer) => [...attention(`encoder.blocks.${layer}.attn`), ...perceptron(`encoder.blocks.${layer}`)]),
    ...norm('encoder.ln_post'),
    { name: 'decoder.positional_embedding', shape: [WIDTH, textContext], isHalf: false },
    { name: 'decoder.token_embedding.weight', shape: [WIDTH, words], isHalf: true },
    ...layers.flatMap((layer) => [
      ...attention(`decoder.blocks.${layer}.attn`), ...attention(`decoder.blocks.${layer}.cross_attn`), ...perceptron(`decoder.blocks.${layer}`),
    ]),
    ...norm('decoder.ln'),
  ]
}

/** The same numbers every time (xorshift, 32 bit). */
function chance(): () => number {
  let state = 0x9e3779b9
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

function bytesOf({ name, shape, isHalf }: Tensor, random: () => number): Buffer[] {
  const head = Buffer.alloc(12 + 4 * shape.length)
  head.writeInt32LE(shape.length, 0)
  head.writeInt32LE(name.length, 4)
  head.writeInt32LE(isHalf ? F16 : F32, 8)
  for (const [index, size] of shape.entries()) head.writeInt32LE(size, 12 + 4 * index)
  const count = shape.reduce((product, size) => product * size, 1)
  // Halves from 1/8 to 1/4 of either sign; and from -1/4 to 1/4, around 1 where a layer is scaled.
  const middle = /ln(_post)?\.weight$/.test(name) ? 1 : 0
  const half = (number: number): number => (number & 0x8000) | (12 << 10) | (number & 0x3ff)
  const values = isHalf
    ? Uint16Array.from({ length: count }, () => half(random() >>> 8))
    : Float32Array.from({ length: count }, () => middle + random() / 2 ** 33 - 0.25)
  return [head, Buffer.from(name), Buffer.from(values.buffer)]
}

/**
 * Writes a Whisper model of 64 numbers a token with weights from a dice: it runs in a fraction of a second, and says long nonsense
 * of real tokens in the real format. Header and vocabulary come from whisper.cpp's own test model, which has no weights.
 */
export function writeNonsenseModel(weightless: string, target: string): void {
  const model = readFileSync(weightless)
  const numbers = new Int32Array(MAGIC_AND_NUMBERS)
  for (const index of numbers.keys()) numbers[index] = model.readInt32LE(4 * index)
  const [, words = 0, audioContext = 0, , , , textContext = 0, , , , mels = 0] = numbers
  for (const [place, value] of [[3, WIDTH], [4, 1], [7, WIDTH], [8, 1]] as const) model.writeInt32LE(value, 4 * place)
  const random = chance()
  writeFileSync(target, Buffer.concat([model, ...tensors({ words, audioContext, textContext, mels }).flatMap((tensor) => bytesOf(tensor, random))]))
}

/** True where whisper-cli is: tests that need it say so in their names. */
export function hasWhisper(): boolean {
  try {
    return existsSync(locateWhisper())
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
