import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makePart, removeStaleParts } from './disk.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-disk-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

describe('what a killed export has left in a folder', () => {
  it('is taken away after an hour; a part in work and files of the person stay', async () => {
    const [stale, inWork] = [await makePart(folder), await makePart(folder)]
    const own = path.join(folder, '.scenedex-notes.part')
    writeFileSync(own, 'mine')
    const twoHoursAgo = (Date.now() - 7_200_000) / 1000
    for (const file of [stale, own]) utimesSync(file, twoHoursAgo, twoHoursAgo)
    await removeStaleParts(folder, Date.now())
    expect(readdirSync(folder).sort()).toEqual([path.basename(inWork), path.basename(own)].sort())
  })
})
