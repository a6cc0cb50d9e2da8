import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { bytesBelow } from './removal.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-bytes-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

it('what a video takes on the disk is told while key frames and pieces are being written and get their names', async () => {
  for (let at = 0; at < 50; at++) writeFileSync(path.join(folder, `keyframe-${at}.webp`), 'ten bytes.')
  let isOver = false
  const write = async (): Promise<void> => {
    for (let at = 0; !isOver; at = (at + 1) % 20) {
      const file = path.join(folder, `piece-${at}.mp4`)
      await writeFile(`${file}.part`, 'ten bytes.')
      await rename(`${file}.part`, file)
    }
  }
  const writing = write()
  try {
    for (let times = 0; times < 200; times++) expect(await bytesBelow(folder)).toBeGreaterThanOrEqual(500)
  } finally {
    isOver = true
    await writing
  }
  expect(await bytesBelow(path.join(folder, 'none'))).toBe(0)
})
