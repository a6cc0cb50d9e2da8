import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../electron/core/errors.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { HeardPiece, TranscribeJob, Transcriber } from '../../electron/core/ports.ts'
import { whisperVersion } from './locate.ts'
import { hasWhisper, writeNonsenseModel } from './test-model.ts'
import { createTranscriber } from './transcriber.ts'

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared')
const weightless = path.join(shared, 'models', 'whisper', 'for-tests-ggml-tiny.bin')
const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-transcriber-'))
const nonsense = path.join(folder, 'nonsense.bin')
const never = new AbortController().signal
const before = process.env['SCENEDEX_WHISPER_CLI']

const canRun = hasWhisper() && existsSync(weightless)

beforeAll(() => { if (canRun) writeNonsenseModel(weightless, nonsense) })
afterEach(() => {
  if (before === undefined) delete process.env['SCENEDEX_WHISPER_CLI']
  else process.env['SCENEDEX_WHISPER_CLI'] = before
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

function modelIn(file: string): InstalledModel {
  const name = path.basename(file)
  const variant = { name: 'fp16', isUsual: true, files: [{ path: name, url: 'https://example.org/model.bin', bytes: 1, sha256: null }], roles: { model: name } }
  return {
    folder: path.dirname(file), variant, provider: 'cpu',
    spec: {
      id: 'whisper-test', task: 'speech', title: 'Whisper for tests', tier: null, revision: '1', licence: 'MIT', languages: ['en'], page: null, factsFrom: [],
      dimensions: null, contextLength: null, pooling: null, prefixes: { query: '', passage: '' }, picture: null, memoryBytes: null, requires: [], files: [], variants: [variant],
    },
  }
}

/** A hum: some sound, of so many seconds. */
const hum = (seconds: number): Float32Array => Float32Array.from({ length: seconds * 16_000 }, (_, index) => Math.sin(index / 20) / 3)

function job(changes: Partial<TranscribeJob> = {}): TranscribeJob {
  return { pieces: [hum(2)], language: 'en', prompt: '', translateToEnglish: false, temperature: 0, threads: 1, ...changes }
}

async function heard(transcriber: Transcriber, asked: TranscribeJob): Promise<HeardPiece[]> {
  return Array.fromAsync(transcriber.transcribe(asked, never))
}

function ownFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`scenedex-whisper-${String(process.pid)}-`))
}

/** Programs that were told of a folder of ours; null where the system does not say. */
function ownPrograms(): string[] | null {
  if (process.platform !== 'linux') return null
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return words.includes(`scenedex-whisper-${String(process.pid)}-`) ? [words.replaceAll('\0', ' ')] : []
    } catch {
      return [] // it has ended
    }
  })
}

function leavesNothing(): void {
  expect(ownFolders()).toEqual([])
  if (process.platform === 'linux') expect(ownPrograms()).toEqual([])
}

const two = { pieces: [hum(4), hum(2)] }

/** A program in the place of whisper-cli. */
function standIn(name: string, code: string): void {
  const file = path.join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${code}\n`)
  chmodSync(file, 0o755)
  process.env['SCENEDEX_WHISPER_CLI'] = file
}

/** Writes the result of the first piece as whisper-cli does, and begins with the second. */
const ONE_PIECE = `
for word in "$@"; do case "$word" in *piece-00000.wav) first="$word";; *piece-00001.wav) second="$word";; esac; done
echo '{"result": {"language": "en"}, "transcription": [{"offsets": {"from": 0, "to": 900}, "text": " Hello.", "tokens": []}]}' > "$first.json"
echo "main: processing '$second' (32000 samples, 2.0 sec), 1 threads, 1 processors ..." >&2
`

describe.skipIf(!canRun)('speech (needs whisper-cli and ../shared/models)', () => {
  it('comes piece by piece, in order, from one run of the program', async () => {
    const pieces = await heard(createTranscriber(modelIn(nonsense)), job({ pieces: [hum(4), hum(0.05), hum(2)] }))
    expect(pieces.map(({ index, language }) => ({ index, language }))).toEqual([{ index: 0, language: 'en' }, { index: 1, language: 'en' }, { index: 2, language: 'en' }])
    expect(pieces[0]?.segments[0]?.words.length).toBeGreaterThan(0)
    leavesNothing()
  })

  it('is the same every time, and something else at a higher temperature', async () => {
    const transcriber = createTranscriber(modelIn(nonsense))
    const once = await heard(transcriber, job())
    expect(await heard(transcriber, job())).toEqual(once)
    expect(await heard(transcriber, job({ temperature: 0.8 }))).not.toEqual(once)
  })

  it('has its language found out where none is given', async () => {
    const [piece] = await heard(createTranscriber(modelIn(nonsense)), job({ pieces: [hum(2)], language: null }))
    expect(piece?.language).toMatch(/^[a-z]{2,3}$/)
    expect(piece?.language).not.toBe('en')
  })

  it('is not changed by a prompt that looks like an option, and is by one that says something', async () => {
    const transcriber = createTranscriber(modelIn(nonsense))
    const plain = await heard(transcriber, job())
    const optionLike = await heard(transcriber, job({ prompt: '--version' }))
    const prompted = await heard(transcriber, job({ prompt: 'Scenedex,\nwhisper.cpp', translateToEnglish: true }))
    expect(optionLike.map(({ index }) => index)).toEqual([0])
    expect(prompted.map(({ index }) => index)).toEqual([0])
    expect(prompted).not.toEqual(plain)
  })

  it('is nothing from a model without weights, which is loaded and run all the same', async () => {
    expect(await heard(createTranscriber(modelIn(weightless)), job({ pieces: [hum(2)] }))).toEqual([{ index: 0, language: 'en', segments: [] }])
  })

  it('that is stopped ends the program and leaves nothing of what was said', async () => {
    const stop = new AbortController()
    const run = createTranscriber(modelIn(nonsense)).transcribe(job({ pieces: Array.from({ length: 100 }, () => hum(1)) }), stop.signal)[Symbol.asyncIterator]()
    expect((await run.next()).value).toMatchObject({ index: 0 })
    expect(ownFolders()).toHaveLength(1)
    if (process.platform === 'linux') expect(ownPrograms()).toHaveLength(1)
    const next = run.next()
    stop.abort(new AppError('CANCELLED', { message: 'Stopped.' }))
    await expect(next).rejects.toMatchObject({ code: 'CANCELLED' })
    leavesNothing()
  })

  it('that nobody wants more of ends the program too', async () => {
    for await (const piece of createTranscriber(modelIn(nonsense)).transcribe(job({ pieces: Array.from({ length: 100 }, () => hum(1)) }), never)) {
      expect(piece.index).toBe(0)
      break
    }
    leavesNothing()
  })

  it.each([
    ['ends too early', (whole: Buffer) => whole.subarray(0, 5_000_000)],
    ['is of another kind', (whole: Buffer) => Buffer.concat([Buffer.from('GGUF'), whole.subarray(4)])],
    ['is empty', () => Buffer.alloc(0)],
  ])('of a model file that %s: the model is damaged', async (name, change) => {
    const file = path.join(folder, `${name}.bin`)
    writeFileSync(file, change(readFileSync(nonsense)))
    await expect(heard(createTranscriber(modelIn(file)), job())).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    leavesNothing()
  })

  it('in a language that does not exist is no speech', async () => {
    await expect(heard(createTranscriber(modelIn(nonsense)), job({ language: 'qqq' }))).rejects.toMatchObject({ code: 'DECODE_FAILED', message: "whisper.cpp stopped: error: unknown language 'qqq'" })
    await expect(heard(createTranscriber(modelIn(nonsense)), job({ language: '--help' }))).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('speech without a program or a model', () => {
  it('says what is missing', async () => {
    process.env['SCENEDEX_WHISPER_CLI'] = path.join(folder, 'no-such-program')
    await expect(heard(createTranscriber(modelIn(nonsense)), job())).rejects.toMatchObject({ code: 'TOOL_MISSING' })
    standIn('fine', 'exit 0')
    const missing = heard(createTranscriber(modelIn(path.join(folder, 'no-such-model.bin'))), job())
    await expect(missing).rejects.toMatchObject({ code: 'MODEL_DAMAGED', hint: expect.stringContaining('scenedex models install whisper-test') as string })
  })
})

describe.skipIf(process.platform === 'win32')('a whisper-cli that behaves badly (needs a shell)', () => {
  const model = path.join(folder, 'any.bin')
  beforeAll(() => { writeFileSync(model, 'lmgg and whatever comes then') })

  it('gives what it heard before it died, and its last words', async () => {
    standIn('dies', `${ONE_PIECE}echo "whisper_full: not enough memory" >&2; kill -SEGV $$`)
    const run = createTranscriber(modelIn(model)).transcribe(job(two), never)[Symbol.asyncIterator]()
    expect((await run.next()).value).toEqual({ index: 0, language: 'en', segments: [{ text: 'Hello.', start: 0, end: 0.9, words: [] }] })
    await expect(run.next()).rejects.toMatchObject({ code: 'DECODE_FAILED', message: 'whisper.cpp stopped: whisper_full: not enough memory' })
    leavesNothing()
  })

  it.each([
    ['an instruction which this processor lacks', 'kill -ILL $$', 'was built for newer processors than the one of this machine.'],
    ['a C library that is too old', `echo "$0: /lib/libc.so.6: version \\\`GLIBC_2.99' not found (required by $0)" >&2; exit 1`, 'was built for newer systems than this one.'],
  ])('that meets %s is the wrong one for this machine', async (what, code, message) => {
    standIn(`wrong-${code.slice(0, 4)}`, code)
    const wrong = { code: 'TOOL_MISSING', message: expect.stringContaining(message) as string, hint: expect.stringContaining('SCENEDEX_WHISPER_CLI') as string }
    await expect(heard(createTranscriber(modelIn(model)), job(two)), what).rejects.toMatchObject(wrong)
    await expect(whisperVersion()).rejects.toMatchObject(wrong)
    leavesNothing()
  })

  // whisper.cpp 1.9.1 loads libggml-*.so of the folder it runs in: among downloaded videos could be one.
  it('runs in its own folder, never in the one that we were started in', async () => {
    standIn('looks-around', `${ONE_PIECE}cp "$first.json" "$second.json"; pwd > "${folder}/ran-in"`)
    await heard(createTranscriber(modelIn(model)), job(two))
    expect(path.basename(readFileSync(path.join(folder, 'ran-in'), 'utf8'))).toMatch(/^scenedex-whisper-/)
  })

  it('that leaves out a piece and says that all is well is not believed', async () => {
    standIn('leaves-out', `${ONE_PIECE}echo "error: failed to read audio file '$second'" >&2; echo "whisper_print_timings: 355 %" >&2`)
    await expect(heard(createTranscriber(modelIn(model)), job(two))).rejects.toMatchObject({ code: 'DECODE_FAILED', message: expect.stringContaining('failed to read audio file') as string })
  })

  it('that hangs is ended with all that it started', async () => {
    standIn('hangs', `${ONE_PIECE}sleep 1000 & wait`)
    const waited: number[] = []
    const transcriber = createTranscriber(modelIn(model), (seconds) => { waited.push(seconds); return 300 })
    await expect(heard(transcriber, job(two))).rejects.toMatchObject({ code: 'TIMED_OUT' })
    expect(waited).toEqual([4])
    leavesNothing()
  })

  it('that writes no result that can be read has failed', async () => {
    standIn('scribbles', `${ONE_PIECE}echo "{" > "$second.json"`)
    await expect(heard(createTranscriber(modelIn(model)), job(two))).rejects.toMatchObject({ code: 'DECODE_FAILED', message: 'whisper.cpp wrote a result that can not be read.' })
  })

  it('deletes the sound that a process left that was killed more than an hour ago', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    const places = ['old', 'new'].map((name) => path.join(tmpdir(), `scenedex-whisper-${String(gone)}-${name}`))
    for (const place of places) mkdirSync(place)
    const [left = '', fresh = ''] = places
    writeFileSync(path.join(left, 'piece-00000.wav'), 'a secret')
    utimesSync(left, new Date(Date.now() - 3_700_000), new Date(Date.now() - 3_700_000))
    standIn('fine-too', `${ONE_PIECE}cp "$first.json" "$second.json"`)
    expect(await heard(createTranscriber(modelIn(model)), job(two))).toHaveLength(2)
    expect(places.map((place) => existsSync(place))).toEqual([false, true])
    rmSync(fresh, { recursive: true })
  })
})
