import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { oddVideos, playlists } from '../../../e2e/fixtures/odd-videos.ts'
import type { ImportReport } from '../../contract/videos.ts'
import type { Clock } from '../ports.ts'
import { testClock } from '../store/test-library.ts'
import { importFiles } from './import.ts'
import { aged, useImport } from './test-folder.ts'

const { folder, tools, aVideo, take, names, codes } = useImport()
const isRoot = process.getuid?.() === 0

describe('a file that is refused before it is probed', () => {
  it('row 8: is a playlist', async () => {
    const found = playlists(folder(), '/etc/hostname')
    const report = await take(folder())
    expect(Object.values(codes(report))).toEqual(found.map(() => 'PLAYLIST'))
  })

  it('row 9: is a picture', async () => {
    for (const row of ['row 9: a PNG', 'row 9: a HEIC'] as const) {
      const file = oddVideos[row](folder())
      aged(file)
      expect((await take(file)).refused.map(({ code }) => code)).toEqual(['IMAGE'])
    }
  })

  it('is not there', async () => {
    expect(codes(await take(path.join(folder(), 'gone.mp4')))).toEqual({ 'gone.mp4': 'NOT_FOUND' })
  })

  it.skipIf(process.platform === 'win32')('row 34: is a pipe, a device, a socket or a folder, and nobody waits for it', async () => {
    execFileSync('mkfifo', [path.join(folder(), 'pipe.mp4')])
    const server = createServer().listen(path.join(folder(), 'socket.mp4'))
    await once(server, 'listening')
    symlinkSync('/dev/zero', path.join(folder(), 'device.mp4'))
    mkdirSync(path.join(folder(), 'folder.mp4'))
    const sleep = vi.fn<Clock['sleep']>()
    const report = await importFiles({ paths: [folder()], wantsFirstLook: false }, { ...tools(), clock: { ...testClock, sleep } }, new AbortController().signal)
    expect(sleep).not.toHaveBeenCalled()
    server.close()
    expect(codes(report)).toEqual({ 'device.mp4': 'NOT_A_FILE', 'folder.mp4': 'NOT_A_FILE', 'pipe.mp4': 'NOT_A_FILE', 'socket.mp4': 'NOT_A_FILE' })
    expect(report.refused.map(({ message }) => message.replace(folder(), ''))).toEqual([
      '/device.mp4 is a device and no file.', '/folder.mp4 is a folder and no file.', '/pipe.mp4 is a pipe and no file.', '/socket.mp4 is a socket and no file.',
    ])
  })

  it.skipIf(process.platform === 'win32')('row 35: is a link that leads nowhere or in circles; a good one leads to its file', async () => {
    const real = aVideo('real/film.mp4')
    symlinkSync(real, path.join(folder(), 'link.mp4'))
    symlinkSync('nowhere.mp4', path.join(folder(), 'dangling.mp4'))
    symlinkSync('loop-b.mp4', path.join(folder(), 'loop-a.mp4'))
    symlinkSync('loop-a.mp4', path.join(folder(), 'loop-b.mp4'))
    symlinkSync('..', path.join(folder(), 'real', 'up'))
    const report = await take(folder())
    expect(codes(report)).toEqual({ 'dangling.mp4': 'BROKEN_LINK', 'loop-a.mp4': 'BROKEN_LINK', 'loop-b.mp4': 'BROKEN_LINK' })
    expect(names(report.added)).toEqual(['real/film.mp4'])
    expect(tools().store.all().length).toBe(1)
  })

  it.skipIf(process.platform === 'win32')(`row 36: may not be read${isRoot ? ' (as root, by another effective user)' : ''}`, async () => {
    const locked = aVideo('locked.mp4', 1)
    const closed = path.dirname(aVideo('closed/in.mp4', 2))
    aVideo('open.mp4', 3)
    chmodSync(path.dirname(folder()), 0o755)
    chmodSync(locked, 0)
    chmodSync(closed, 0)
    if (isRoot) process.seteuid?.(65534)
    let report: ImportReport
    try {
      report = await take(folder())
    } finally {
      if (isRoot) process.seteuid?.(0)
      chmodSync(closed, 0o700)
    }
    expect(codes(report)).toEqual({ 'closed': 'NO_ACCESS', 'locked.mp4': 'NO_ACCESS' })
    expect(names(report.added)).toEqual(['open.mp4'])
    expect(report.refused[0]?.hint).toContain(process.platform === 'linux' ? 'chmod' : '')
  })

  it.skipIf(process.platform !== 'linux')('row 40: has a name that is not UTF-8, and keeps it', async () => {
    const name = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x6d, 0x70, 0x34]) // café.mp4 in Latin-1
    const file = Buffer.concat([Buffer.from(`${folder()}/`), name])
    writeFileSync(file, 'x')
    expect((await take(folder())).refused.map(({ code }) => code)).toEqual(['BAD_NAME'])
    // As it comes from a command line, whose arguments were made into text before.
    expect((await take(file.toString('utf8'))).refused.map(({ code }) => code)).toEqual(['BAD_NAME'])
    expect(readdirSync(folder(), { encoding: 'buffer' })).toEqual([name])
  })
})
