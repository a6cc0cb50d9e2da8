import { lstat, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { ModelTask } from '../../contract/models.ts'

/** A file of a folder, named from the folder with slashes. */
export interface LayoutFile { path: string, bytes: number }

// A model has a few files; whoever points at a whole disk is told so soon.
const MOST_FILES = 2000
const DEEPEST = 4

async function walk(folder: string, inside: string, into: LayoutFile[]): Promise<void> {
  for (const entry of await readdir(path.join(folder, inside), { withFileTypes: true })) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`
    if (entry.name.startsWith('.') || into.length >= MOST_FILES) continue
    if (entry.isDirectory() && name.split('/').length < DEEPEST) await walk(folder, name, into)
    else if (entry.isFile()) into.push({ path: name, bytes: (await lstat(path.join(folder, name))).size })
  }
}

/** The ordinary files of a folder and the folders in it, by name. Hidden ones are none of a model. */
export async function filesOf(folder: string): Promise<LayoutFile[]> {
  const files: LayoutFile[] = []
  await walk(folder, '', files)
  return files.sort((a, b) => a.path < b.path ? -1 : 1)
}

/** Which variant a file is, by its name: Hugging Face's endings. Null for one that is none. */
function precisionOf(file: string, stem: string): string | null {
  const name = file.split('/').at(-1) ?? ''
  if (!name.startsWith(stem) || !name.endsWith('.onnx')) return null
  const ending = name.slice(stem.length, -'.onnx'.length)
  if (ending === '') return 'fp32'
  return /^_[a-z0-9]{1,10}$/.test(ending) ? PRECISION[ending] ?? ending.slice(1) : null
}

// `_quantized` is what the exporter of transformers.js calls eight bits.
const PRECISION: Record<string, string> = { _quantized: 'int8' }

/** Files that play one role, by precision. What lies in `onnx/` goes before what lies beside it. */
function byPrecision(files: LayoutFile[], stem: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const { path: file } of files) {
    const precision = /^(onnx\/)?[^/]+$/.test(file) ? precisionOf(file, stem) : null
    if (precision !== null && !(found.get(precision)?.startsWith('onnx/') === true)) found.set(precision, file)
  }
  return found
}

/** One precision of a model in a folder: which file is opened for what. */
export interface LayoutVariant { name: string, roles: { vision?: string, text?: string, model?: string } }

export interface Layout { task: ModelTask, variants: LayoutVariant[] }

function pictureLayout(files: LayoutFile[]): LayoutVariant[] {
  const text = byPrecision(files, 'text_model')
  return [...byPrecision(files, 'vision_model')].flatMap(([name, vision]) => {
    const words = text.get(name)
    return words === undefined ? [] : [{ name, roles: { vision, text: words } }]
  })
}

const textLayout = (files: LayoutFile[]): LayoutVariant[] => [...byPrecision(files, 'model')].map(([name, model]) => ({ name, roles: { model } }))

/** "lmgg": a ggml file, little endian. The number after it is the size of a whisper model's vocabulary, which begins at 51864. */
const GGML = 0x67676d6c
const SMALLEST_VOCABULARY = 51_864
const LARGEST_VOCABULARY = 52_100

/** How many tokens a whisper model in ggml's form knows; null for any other file. */
export async function whisperVocabulary(file: string): Promise<number | null> {
  await using handle = await open(file, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
  if (bytesRead < 8 || buffer.readUInt32LE(0) !== GGML) return null
  const tokens = buffer.readInt32LE(4)
  return tokens >= SMALLEST_VOCABULARY && tokens <= LARGEST_VOCABULARY ? tokens : null
}

async function whisperLayout(folder: string, files: LayoutFile[]): Promise<LayoutVariant[]> {
  for (const { path: file } of files) {
    if (!/^[^/]+\.bin$/i.test(file) || await whisperVocabulary(path.join(folder, file)) === null) continue
    return [{ name: /q([458])_/.exec(file)?.[0].slice(0, 2) ?? 'fp16', roles: { model: file } }]
  }
  return []
}

/** What kind of model a folder holds, by the names of its files; null for one that holds none that is known. */
export async function layoutOf(folder: string, files: LayoutFile[]): Promise<Layout | null> {
  const has = (name: string): boolean => files.some(({ path: file }) => file === name)
  if (has('preprocessor_config.json') && has('tokenizer.json')) {
    const variants = pictureLayout(files)
    if (variants.length > 0) return { task: 'pictures', variants }
  }
  const voice = files.find(({ path: file }) => /^(onnx\/)?silero_vad[^/]*\.onnx$/.test(file))
  if (voice !== undefined) return { task: 'voice', variants: [{ name: 'fp32', roles: { model: voice.path } }] }
  if (has('tokenizer.json')) {
    const variants = textLayout(files)
    if (variants.length > 0) return { task: 'text', variants }
  }
  const variants = await whisperLayout(folder, files)
  return variants.length > 0 ? { task: 'speech', variants } : null
}
