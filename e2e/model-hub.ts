import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import Database from 'better-sqlite3'
import { sharedMedia } from './shared-media.ts'

/** The small sentence encoder of the shared models: a folder as a person may carry it to a machine without a network. */
export const sentenceModel = sharedMedia('..', 'models', 'sentence-standin')

export const MODEL_ID = 'words-small'
export const MODEL_TITLE = 'Words, small'

const HUB = 'https://huggingface.co'
const files = ['onnx/model.onnx', 'config.json', 'tokenizer.json', 'tokenizer_config.json'] as const

/** A mirror of the hub on this machine that has one small model. */
export interface ModelHub {
  /** What the person writes as the mirror. */
  origin: string
  host: string
  /** For SCENEDEX_MODEL_CATALOG. */
  catalogFile: string
  /** Of all files of the model. */
  modelBytes: number
  /** After so many bytes of bodies nothing more comes until it is raised: a download stands in the middle, for as long as a test looks. */
  mostBytes: number
  sentBytes: number
  requests: { method: string, url: string, range: string | null }[]
  /** Answers this in the place of the model's file. */
  instead: Buffer | null
  close(): Promise<void>
}

function catalogOf(contents: ReadonlyMap<string, Buffer>): unknown {
  const fileOf = (name: string): unknown => {
    const content = contents.get(name) ?? Buffer.alloc(0)
    return { path: name, url: `${HUB}/test/${MODEL_ID}/resolve/main/${name}`, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
  }
  const [model, ...others] = files
  return {
    updated: '2026-11-21',
    models: [{
      id: MODEL_ID, task: 'text', title: MODEL_TITLE, tier: 'small', revision: 'main', licence: 'for tests', languages: ['en'], page: null, factsFrom: ['its files'], dimensions: 50,
      contextLength: 512, pooling: 'mean', prefixes: { query: '', passage: '' }, picture: null, memoryBytes: 300_000_000, requires: [], files: others.map(fileOf),
      // Two names for one file: which one was asked for can be seen.
      variants: ['fp32', 'q8'].map((name) => ({ name, isUsual: name === 'fp32', files: [fileOf(model)], roles: { model } })),
    }],
  }
}

const PIECE_BYTES = 32 * 1024
const LOOK_AGAIN_MS = 10

function spanOf(range: string | null, bytes: number): { from: number, to: number } {
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  return { from: Number(from), to: to === '' ? bytes : Math.min(bytes, Number(to) + 1) }
}

/** Starts the mirror and writes its catalog into a folder. */
export async function startModelHub(folder: string): Promise<ModelHub> {
  const contents = new Map<string, Buffer>(files.map((name) => [name, readFileSync(path.join(sentenceModel, name))]))
  const catalogFile = path.join(folder, 'catalog.json')
  writeFileSync(catalogFile, JSON.stringify(catalogOf(contents)))

  const send = async (response: ServerResponse, body: Buffer): Promise<void> => {
    for (let at = 0; at < body.length && !response.destroyed;) {
      const piece = body.subarray(at, at + Math.min(PIECE_BYTES, hub.mostBytes - hub.sentBytes))
      if (piece.length === 0) { await new Promise((resolve) => { setTimeout(resolve, LOOK_AGAIN_MS) }); continue }
      at += piece.length
      hub.sentBytes += piece.length
      await new Promise((resolve) => { response.write(piece, resolve) })
    }
    response.end()
  }
  const contentOf = (url: string): Buffer | undefined => {
    const name = files.find((one) => url.endsWith(`/${one}`))
    return name === files[0] && hub.instead !== null ? hub.instead : contents.get(name ?? '')
  }
  const server = createServer((request, response) => {
    const [url, range] = [request.url ?? '', request.headers.range ?? null]
    hub.requests.push({ method: request.method ?? '', url, range })
    const content = contentOf(url)
    if (content === undefined) { response.writeHead(404).end(); return }
    const { from, to } = spanOf(range, content.length)
    const etag = `"${createHash('sha256').update(content).digest('hex')}"`
    const common = { etag, 'content-type': 'application/octet-stream', 'content-length': to - from, 'accept-ranges': 'bytes' }
    response.writeHead(range === null ? 200 : 206, range === null ? common : { ...common, 'content-range': `bytes ${from}-${to - 1}/${content.length}` })
    if (request.method === 'HEAD') response.end()
    else void send(response, content.subarray(from, to))
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const hub: ModelHub = {
    origin: `http://${host}`, host, catalogFile, modelBytes: [...contents.values()].reduce((sum, content) => sum + content.length, 0), mostBytes: Infinity, sentBytes: 0, requests: [], instead: null,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => { server.close(resolve) })
    },
  }
  return hub
}

/** Chooses settings of a library that no process has open, as the app keeps them. */
export function keepSettings(library: string, settings: Record<string, unknown>): void {
  const database = new Database(path.join(library, 'library.sqlite'))
  try {
    database.prepare("INSERT INTO setting (name, value) VALUES ('app', @value) ON CONFLICT (name) DO UPDATE SET value = @value").run({ value: JSON.stringify(settings) })
  } finally {
    database.close()
  }
}
