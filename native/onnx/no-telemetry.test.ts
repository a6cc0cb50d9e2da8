import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { shared, silero } from './test-models.ts'

it.skipIf(!existsSync(silero().folder) || process.platform === 'win32')('a model that works leaves no number of this machine behind, and nothing that waits to be sent (skipped without the shared models, and on Windows)', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-silent-'))
  try {
    // Its own temporary folder, home and caches, and nothing that says that these are tests: then ONNX Runtime would be silent by itself.
    const env = { PATH: process.env['PATH'], SCENEDEX_SHARED: shared, TMPDIR: folder, HOME: folder, XDG_CACHE_HOME: folder }
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'test-silent-process.ts')], { env })
    expect(stdout).toBe('heard 10 windows\n')
    expect(readdirSync(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
