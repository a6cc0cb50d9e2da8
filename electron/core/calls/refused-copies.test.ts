import { existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import { testFolder } from '../store/test-library.ts'

let folder: string
let app: App
beforeEach(async () => {
  folder = testFolder()
  app = await createApp({ folder: path.join(folder, 'library'), access: 'write', tools: realTools(path.join(folder, 'library')) })
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

function empty(...parts: string[]): string {
  const file = path.join(folder, ...parts)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, '')
  utimesSync(file, 1, 1)
  return file
}

test('a refused file that a page has sent is deleted: it is our copy; the same file of the person stays', async () => {
  const [sent, own, alike] = [empty('library', 'imports', 'a.mp4'), empty('videos', 'a.mp4'), empty('library', 'imports-of-mine', 'a.mp4')]
  const link = path.join(folder, 'library', 'imports', 'link.mp4')
  symlinkSync(own, link)
  const report = await app.handlers['library.import']({ paths: [sent, own, alike, link], fast: false }, { signal: new AbortController().signal })
  expect(report.refused.map(({ code }) => code)).toContain('EMPTY')
  expect([sent, own, alike].map((file) => existsSync(file))).toEqual([false, true, true])
})
