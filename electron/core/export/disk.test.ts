import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { freeBytes, makeFolder, makePart, makePartOf, removeStaleParts } from './disk.ts'
import { partName } from './part-names.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-disk-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

describe('what a killed export has left in a folder', () => {
  const names = (): string[] => readdirSync(folder).sort()
  const left = (pid: number, host: string): string => {
    const name = partName({ pid, host })
    writeFileSync(path.join(folder, name), 'half a clip')
    return name
  }

  it('is taken away at once where its process is seen to be gone; a part in work, of this or another machine, and files of the person stay', async () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    left(pid, hostname())
    const kept = [path.basename(await makePart(folder)), left(process.ppid, hostname()), left(pid, 'another machine'), '.scenedex-notes.part']
    writeFileSync(path.join(folder, '.scenedex-notes.part'), 'mine')
    await removeStaleParts(folder, Date.now())
    expect(names()).toEqual(kept.sort())
  })

  it('is taken away after a day wherever it is from', async () => {
    const twoDaysAgo = (Date.now() - 172_800_000) / 1000
    for (const name of names()) utimesSync(path.join(folder, name), twoDaysAgo, twoDaysAgo)
    await removeStaleParts(folder, Date.now())
    expect(names()).toEqual(['.scenedex-notes.part'])
  })
})

describe('the folder to export to', () => {
  it('is made with those it lies in', async () => {
    await makeFolder(path.join(folder, 'a', 'b', 'c'))
    await makeFolder(path.join(folder, 'a', 'b', 'c'))
    expect(readdirSync(path.join(folder, 'a', 'b'))).toEqual(['c'])
    rmSync(path.join(folder, 'a'), { recursive: true })
  })

  it.skipIf(process.platform !== 'linux')('is refused, and not tried for ever, where the system has no folders to give (skipped where there is no /proc)', async () => {
    await expect(makeFolder('/proc/clips/of/mine')).rejects.toMatchObject({ code: 'NO_ACCESS' })
  })
})

describe('room on a disk', () => {
  it('is counted for all clips that are being written: of two that fit alone but not together one is refused', async () => {
    const most = await freeBytes(folder) * 0.6
    const made = await Promise.allSettled([makePartOf(folder, most), makePartOf(folder, most)])
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(made[1]).toMatchObject({ reason: { code: 'DISK_FULL' } })
    // What has its name, or is gone, needs no room any more.
    for (const one of made) if (one.status === 'fulfilled') rmSync(one.value)
    rmSync(await makePartOf(folder, most))
  })
})
