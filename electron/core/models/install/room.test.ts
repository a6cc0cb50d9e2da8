import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Library } from '../../store/database.ts'
import { testLibrary } from '../../store/test-library.ts'
import { installModel } from './install-model.ts'
import { journalWriter } from './journal.ts'
import { openPartFile } from './part-file.ts'
import { createSpeed } from './speed.ts'
import { hubFiles, networkWith, seededBytes, testHub, testSpec } from './test-hub.ts'
import type { TestHub } from './test-hub.ts'
import { testTools, watch } from './test-install.ts'

const files = { 'weights.bin': seededBytes(300_000, 1) }

let library: Library & { folder: string }
let hub: TestHub
beforeEach(async () => {
  library = await testLibrary()
  hub = await testHub(hubFiles('talker', files))
})
afterEach(async () => {
  await hub.close()
  library.close()
})

describe('a disk', () => {
  test('without room for a model is said to be so before anything is fetched, with the bytes that are needed', async () => {
    const tools = testTools(library, networkWith({ 'huggingface.co': hub }), { freeBytes: async () => 200_000 })
    await expect(installModel({ spec: testSpec('talker', files), variants: ['fp32'] }, { tools, progress: watch() }, new AbortController().signal)).rejects.toMatchObject({
      code: 'DISK_FULL', message: `The model needs 0.3 MB more (300000 bytes), and "${library.paths.models}" has 0.2 MB free.`,
    })
    expect(hub.requests).toEqual([])
  })

  // A device of Linux on which every write fails for want of room.
  test.skipIf(!existsSync('/dev/full'))('that is full on the way is said to be so (skipped without /dev/full)', async () => {
    const journal = journalWriter(library.folder, { variants: [], totalBytes: 0, error: null, files: [] })
    const state = journal.stateOf({ path: 'weights.bin', url: 'https://huggingface.co/x' })
    state.bytes = 5000
    const part = await openPartFile({ file: '/dev/full', state, journal, progress: watch(), freeBytes: async () => 0 })
    try {
      await expect(part.write(0, new Uint8Array(1000))).rejects.toMatchObject({ code: 'DISK_FULL', message: `The model needs 0.0 MB more (5000 bytes), and "${path.dirname('/dev/full')}" has 0.0 MB free.` })
      expect(part.have()).toBe(0)
    } finally {
      await part.close()
    }
  })
})

test('a speed is smoothed: a short pause is not the end, and a long one is seen', () => {
  let now = 0
  const speed = createSpeed(() => now)
  expect(speed.bytesPerSecond()).toBeNull()
  const second = (bytes: number): number => {
    now += 1000
    speed.add(bytes)
    return Math.round(speed.bytesPerSecond() ?? 0)
  }
  expect([second(1000), second(1000), second(1000)]).toEqual([1000, 1000, 1000])
  expect(second(0)).toBeGreaterThan(600)
  for (let pause = 0; pause < 20; pause++) second(0)
  expect(second(0)).toBeLessThan(20)
})
