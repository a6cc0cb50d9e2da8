import { lstat, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { damaged, unsafe } from './model-errors.ts'
import type { Field, Layout } from './onnx-messages.ts'
import { MessageFile, messagesWithin } from './onnx-messages.ts'

type Message = 'model' | 'training' | 'graph' | 'function' | 'node' | 'attribute' | 'tensor' | 'sparse' | 'entry' | 'value' | 'type' | 'tensor-type' | 'shape' | 'dimension'

// Numbers of fields: onnx.proto of ONNX 1.19 (IR version 12). A place for weights is everywhere that a tensor may be.
const LAYOUT: Layout<Message> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  graph: { 1: 'node', 5: 'tensor', 12: 'value', 15: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  tensor: { 13: 'entry' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  entry: {},
  value: { 2: 'type' },
  type: { 1: 'tensor-type' },
  'tensor-type': { 2: 'shape' },
  shape: { 1: 'dimension' },
  dimension: {},
}

async function locationsOf(file: MessageFile, entry: Field): Promise<string[]> {
  const keys: string[] = []
  const values: string[] = []
  for await (const field of file.fields(entry.start, entry.end)) {
    if (field.number === 1) keys.push(await file.text(field))
    else if (field.number === 2) values.push(await file.text(field))
  }
  // Of a field that stands there twice every reader believes another one.
  if (!keys.includes('location')) return []
  return values.length === 0 ? [''] : values
}

async function readModel<Value>(onnxFile: string, signal: AbortSignal, read: (file: MessageFile, size: number) => Promise<Value>): Promise<Value> {
  await using handle = await open(onnxFile, 'r')
  const { size } = await handle.stat()
  try {
    return await read(new MessageFile(handle, signal), size)
  } catch (cause) {
    signal.throwIfAborted()
    throw damaged(`"${path.basename(onnxFile)}" is no ONNX model: ${cause instanceof Error ? cause.message : String(cause)}.`, undefined, cause)
  }
}

/** The files, as the model names them, that hold weights of an ONNX model outside of it. Throws MODEL_DAMAGED for a file that is none. */
export async function externalFiles(onnxFile: string, signal: AbortSignal): Promise<string[]> {
  return readModel(onnxFile, signal, async (file, size) => {
    const found = new Set<string>()
    for await (const { name, field } of messagesWithin(file, LAYOUT, { name: 'model', start: 0, end: size })) {
      if (name === 'entry') for (const location of await locationsOf(file, field)) found.add(location)
    }
    return [...found]
  })
}

/** The last size of each output that has a fixed one: the length of its vectors. Throws MODEL_DAMAGED. */
export async function outputLengths(onnxFile: string, signal: AbortSignal): Promise<number[]> {
  return readModel(onnxFile, signal, async (file, size) => {
    const lengths: (number | null)[] = []
    for await (const { name, field } of messagesWithin(file, { ...LAYOUT, graph: { 12: 'value' } }, { name: 'model', start: 0, end: size })) {
      if (name === 'value') lengths.push(null)
      if (name !== 'dimension') continue
      lengths[lengths.length - 1] = null
      for await (const { number, varint } of file.fields(field.start, field.end)) if (number === 1 && varint !== null) lengths[lengths.length - 1] = Number(varint)
    }
    return lengths.filter((length) => length !== null && length > 0) as number[]
  })
}

// What Windows or a POSIX system would take for something else than a name in this folder. Colons: drives and streams.
function isPlainName(location: string): boolean {
  if (location === '' || /[\\:\0]/.test(location) || location.startsWith('/')) return false
  return location.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

async function checkLocation(folder: string, onnxFile: string, location: string): Promise<void> {
  const name = path.relative(folder, onnxFile)
  if (!isPlainName(location)) throw unsafe(`"${name}" wants weights from "${location}", outside of its folder`)
  const found = await lstat(path.join(path.dirname(onnxFile), location)).catch(() => null)
  if (found === null) throw damaged(`"${name}" has weights in "${location}", which is not here.`)
  if (!found.isFile()) throw unsafe(`"${location}" is no ordinary file`)
  if (found.nlink > 1) throw unsafe(`"${location}" is a hard link to a file that may be anything`)
}

/** Throws MODEL_DAMAGED when something in a model's folder is a link or no file, or when weights of an ONNX model lie elsewhere than in ordinary files beside it. */
export async function checkModelFolder(folder: string, signal: AbortSignal): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isDirectory()) continue
    if (!entry.isFile()) throw unsafe(`"${path.relative(folder, file)}" is ${entry.isSymbolicLink() ? 'a link' : 'no ordinary file'}`)
    if (!entry.name.toLowerCase().endsWith('.onnx')) continue
    for (const location of await externalFiles(file, signal)) await checkLocation(folder, file, location)
  }
}
