import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { privateFolder } from './private-folder.ts'

it('what a killed process has left of a library is deleted by the next one, after a day', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  const leftBy = (owner: number, daysAgo: number): string => {
    const folder = mkdtempSync(path.join(tmpdir(), `scenedex-library-${owner}-`))
    const then = Date.now() / 1000 - daysAgo * 86_400
    utimesSync(folder, then, then)
    return folder
  }
  const [old, young, ours] = [leftBy(pid, 2), leftBy(pid, 0.9), leftBy(process.pid, 2)]
  const folder = await privateFolder('library')
  expect([old, young, ours, folder.path].map((one) => existsSync(one))).toEqual([false, true, true, true])
  folder.remove()
  expect(existsSync(folder.path)).toBe(false)
  for (const one of [young, ours]) rmSync(one, { recursive: true })
})
