import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as soon } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { testLibrary } from '../../store/test-library.ts'
import { installModel } from './install-model.ts'
import { hubFiles, networkWith, seededBytes, sha256, testHub, testSpec } from './test-hub.ts'
import { quickPace, testTools, watch } from './test-install.ts'

const KILLS = 50
const CHUNK = quickPace.chunkBytes
const weights = seededBytes(KILLS * CHUNK / 2, 7)
const spec = testSpec('talker', { 'weights.bin': weights })

test('50 kills in the middle of a download cost at most one chunk each, and what is installed in the end is whole', { timeout: 240_000 }, async () => {
  const library = await testLibrary()
  const hub = await testHub(hubFiles('talker', { 'weights.bin': weights }))
  let killAt = Infinity
  // The next one is started while one works, and begins when it is told to; what all of them load is kept compiled.
  const args = [path.join(import.meta.dirname, 'test-install-process.ts'), library.paths.folder, hub.origin, JSON.stringify(spec)]
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(library.folder, 'compiled') }
  const start = () => spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'inherit'], env })
  let child: ReturnType<typeof spawn> | null = null
  let next: ReturnType<typeof spawn> | null = start()
  // Slowly, so that a kill comes in the middle of pieces.
  hub.trick = (request, response, file) => {
    const range = /(\d+)-(\d+)/.exec(request.headers.range ?? '')
    if (range === null || file === undefined) return false
    const piece = file.subarray(Number(range[1]), Number(range[2]) + 1)
    response.writeHead(206, { 'content-range': `bytes ${range[1]}-${range[2]}/${file.length}`, 'content-length': piece.length })
    void (async () => {
      for (let at = 0; at < piece.length && !response.destroyed; at += 2048) {
        response.write(piece.subarray(at, at + 2048))
        if (hub.sentBytes >= killAt) child?.kill('SIGKILL')
        await soon()
      }
      response.end()
    })()
    return true
  }
  try {
    const random = seededBytes(KILLS * 4, 8)
    let kills = 0
    while (kills < KILLS) {
      // At most 30 of 64 KiB further each time: so it can not be through before the last kill.
      killAt = hub.sentBytes + 2048 + random.readUInt32LE(kills * 4) % (CHUNK / 2 - 4096)
      child = next
      next = kills < KILLS - 1 ? start() : null
      child?.stdin?.end('go')
      const [, signal] = await once(child!, 'exit') as [number | null, string | null]
      expect(signal).toBe('SIGKILL')
      kills += 1
    }
    child = null
    hub.trick = null
    await installModel({ spec, variants: ['fp32'] }, { tools: testTools(library, networkWith({ 'huggingface.co': hub })), progress: watch() }, new AbortController().signal)
    expect(sha256(readFileSync(path.join(library.paths.models, 'talker/weights.bin')))).toBe(sha256(weights))
    expect(hub.sentBytes).toBeLessThanOrEqual(weights.length + KILLS * CHUNK)
  } finally {
    for (const one of [child, next]) one?.kill('SIGKILL')
    await hub.close()
    library.close()
  }
})
