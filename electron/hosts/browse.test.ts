import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Look } from './browse.ts'
import { browse, makeFolder } from './browse.ts'

const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'scenedex-browse-')))
afterAll(() => { rmSync(home, { recursive: true, force: true }) })
for (const name of ['Videos', 'Desktop', 'clip 10', 'clip 9', '.config', '@eaDir']) mkdirSync(path.join(home, name))
for (const name of ['take 2.MP4', 'take 10.mp4', 'Take 1.mov', 'notes.txt', '.hidden.mp4']) writeFileSync(path.join(home, name), 'x')
symlinkSync(path.join(home, 'nowhere'), path.join(home, 'broken.mp4'))
symlinkSync(path.join(home, 'Videos'), path.join(home, 'linked'))
const machine = { home, platform: 'linux' } as const

describe('browsing', () => {
  it('begins at home and shows folders, then files, as people count, without what is hidden or leads nowhere', async () => {
    const { folder, parent, entries } = await browse(null, machine)
    expect([folder, parent]).toEqual([home, path.dirname(home)])
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder clip 9', 'folder clip 10', 'folder Desktop', 'folder linked', 'folder Videos', 'other notes.txt', 'video Take 1.mov', 'video take 2.MP4', 'video take 10.mp4',
    ])
  })

  it('says of files how large and of what day they are', async () => {
    const { entries } = await browse(home, machine)
    expect(entries.find(({ name }) => name === 'notes.txt')).toMatchObject({ bytes: 1, path: path.join(home, 'notes.txt') })
    expect(entries.find(({ name }) => name === 'Videos')).toMatchObject({ bytes: null })
    expect(entries.every(({ modifiedMs }) => typeof modifiedMs === 'number')).toBe(true)
  })

  it('offers the places that are there', async () => {
    const { places } = await browse(null, machine)
    expect(places.slice(0, 3)).toEqual([{ name: 'Home', path: home }, { name: 'Videos', path: path.join(home, 'Videos') }, { name: 'Desktop', path: path.join(home, 'Desktop') }])
    expect(places).toContainEqual({ name: '/', path: '/' })
  })

  it('has no parent at the top', async () => {
    expect(await browse('/', machine)).toMatchObject({ folder: '/', parent: null })
  })

  /** A drive on which this answers nothing. */
  const dead = (isDead: (file: string) => boolean): Look => {
    const orNothing = async <Value>(file: string, asked: (file: string) => Promise<Value>): Promise<Value> => isDead(file) ? new Promise(() => undefined) : asked(file)
    return { files: { readdir: (folder) => orNothing(folder, async (of) => readdir(of)), stat: (file) => orNothing(file, async (of) => stat(of)) }, listMs: 300, statMs: 100 }
  }

  it('of a folder whose drive does not answer ends with an error that says so', async () => {
    const look = dead((file) => file.startsWith(path.join(home, 'Videos')))
    await expect(browse(path.join(home, 'Videos'), machine, look)).rejects.toMatchObject({ code: 'UNREADABLE', message: expect.stringContaining('does not answer') as string })
  })

  it('names what does not answer, without size, and is not held up by it', async () => {
    const { entries, places } = await browse(home, machine, dead((file) => ['take 2.MP4', 'Videos'].includes(path.basename(file))))
    expect(entries.find(({ name }) => name === 'take 2.MP4')).toMatchObject({ kind: 'video', bytes: null, modifiedMs: null })
    expect(entries.find(({ name }) => name === 'notes.txt')).toMatchObject({ bytes: 1 })
    expect(entries.map(({ name }) => name)).toContain('Videos')
    expect(places.map(({ name }) => name)).not.toContain('Videos')
  })

  it.each(['none', 'notes.txt', 'a\0b'])('says that %j is no folder', async (name) => {
    await expect(browse(path.join(home, name), machine)).rejects.toMatchObject({ name: 'AppError', code: 'NOT_FOUND' })
  })
})

describe('making a folder', () => {
  it('makes it and gives its path', async () => {
    const made = await makeFolder(home, 'Clips of today')
    expect(made).toBe(path.join(home, 'Clips of today'))
    expect((await browse(made, machine)).entries).toEqual([])
  })

  it.each(['..', '.', '../x', 'a/b', 'a\\b', 'a\nb', 'con:', 'x.', 'x ', '.x', '', 'x'.repeat(256), 'CON', 'nul', 'com1.clips', 'Lpt9'])('refuses the name %j', async (name) => {
    await expect(makeFolder(home, name)).rejects.toMatchObject({ code: 'BAD_NAME' })
  })

  it('refuses a name that is taken, and a parent that is none', async () => {
    await expect(makeFolder(home, 'Videos')).rejects.toMatchObject({ code: 'USAGE', message: '"Videos" is there already.' })
    await expect(makeFolder(path.join(home, 'none'), 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
