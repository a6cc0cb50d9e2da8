import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FolderSizes } from './artifact-sizes.ts'

const LATER_MS = Date.now() + 60_000
const never = new AbortController().signal

describe('the sizes of folders', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'scenedex-test-')) })
  afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

  function put(name: string, bytes: number): void {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), Buffer.alloc(bytes))
  }

  test('files in folders of folders count', async () => {
    put('1/keyframe-0.webp', 100)
    put('1/proxy/0.mp4', 2000)
    put('.removed/2/keyframe-0.webp', 30)
    expect(await new FolderSizes().sum(folder, LATER_MS, never)).toBe(2130)
  })

  test('a folder that is not there takes nothing', async () => {
    expect(await new FolderSizes().sum(path.join(folder, 'none'), LATER_MS, never)).toBe(0)
  })

  test('what comes and goes after the first sum is seen, however deep', async () => {
    put('1/proxy/0.mp4', 2000)
    put('2/keyframe-0.webp', 100)
    const sizes = new FolderSizes()
    await sizes.sum(folder, LATER_MS, never)
    put('1/proxy/1.mp4', 500)
    rmSync(path.join(folder, '2'), { recursive: true })
    expect(await sizes.sum(folder, LATER_MS, never)).toBe(2500)
  })

  test('a folder in which nothing came or went is not read again', async () => {
    put('1/keyframe-0.webp', 100)
    const inside = path.join(folder, '1')
    utimesSync(inside, 1, 1)
    const sizes = new FolderSizes()
    await sizes.sum(folder, LATER_MS, never)
    put('1/keyframe-0.webp', 700)
    utimesSync(inside, 1, 1)
    expect(await sizes.sum(folder, LATER_MS, never)).toBe(100)
  })

  test('a folder that was changed a moment ago is read again', async () => {
    put('1/keyframe-0.webp', 100)
    const inside = path.join(folder, '1')
    utimesSync(inside, LATER_MS / 1000, LATER_MS / 1000)
    const sizes = new FolderSizes()
    await sizes.sum(folder, LATER_MS, never)
    put('1/keyframe-0.webp', 700)
    utimesSync(inside, LATER_MS / 1000, LATER_MS / 1000)
    expect(await sizes.sum(folder, LATER_MS, never)).toBe(700)
  })

  test('summing stops when it is aborted', async () => {
    put('1/keyframe-0.webp', 100)
    await expect(new FolderSizes().sum(folder, LATER_MS, AbortSignal.abort())).rejects.toThrow('abort')
  })
})
