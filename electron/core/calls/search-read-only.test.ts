import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { addFilm } from '../search/test-scenes.ts'
import { testLibrary } from '../store/test-library.ts'

test.skipIf(process.platform === 'win32')('a library that was not closed and can only be read is copied once for all who read it, and the copy goes (skipped on Windows)', async () => {
  const library = await testLibrary()
  addFilm(library, { title: 'At sea', scenes: [{ from: 0, to: 5 }], cues: [{ from: 1, to: 3, text: 'the boat leaves' }] })
  const [folder, temporary] = [path.join(library.folder, 'read-only'), path.join(library.folder, 'tmp')]
  mkdirSync(folder)
  mkdirSync(temporary)
  chmodSync(library.folder, 0o755)
  chmodSync(temporary, 0o777)
  // As after a crash: with what stands in the log only, and without the file that says how to read it.
  for (const suffix of ['', '-wal']) copyFileSync(library.paths.database + suffix, path.join(folder, `library.sqlite${suffix}`))
  chmodSync(folder, 0o555)
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'test-search-without-rights.ts'), folder], { env: { ...process.env, TMPDIR: temporary } })
    expect(JSON.parse(stdout)).toEqual({ hits: ['At sea'], whileOpen: 1, after: 0 })
  } finally {
    chmodSync(folder, 0o755)
    library.close()
    rmSync(library.folder, { recursive: true, force: true })
  }
})
