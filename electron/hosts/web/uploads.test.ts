import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Chunk, Uploads, UploadWish } from './uploads.ts'
import { createUploads } from './uploads.ts'

const top = mkdtempSync(path.join(tmpdir(), 'scenedex-uploads-'))
afterAll(() => { rmSync(top, { recursive: true, force: true }) })

let folder = ''
let uploads: Uploads
let count = 0
beforeEach(() => {
  folder = path.join(top, String(count++), 'imports')
  uploads = createUploads(folder)
})

const wish = (change: Partial<UploadWish> = {}): UploadWish => ({ name: 'lake.mp4', size: 10, lastModified: 1, folder: '', ...change })
const chunk = (offset: number, text: string, sha256 = createHash('sha256').update(text).digest('hex')): Chunk => ({ offset, bytes: Buffer.from(text), sha256 })

async function send(given: UploadWish, text = 'x'.repeat(given.size)): Promise<string> {
  const { id } = await uploads.begin(given)
  const state = await uploads.add(id, chunk(0, text))
  return state.path ?? 'not whole'
}

describe('an upload', () => {
  it('gets its name when all of it is there, and nothing but it is left', async () => {
    const { id, offset } = await uploads.begin(wish())
    expect(offset).toBe(0)
    expect(await uploads.add(id, chunk(0, '01234'))).toEqual({ id, offset: 5, path: null })
    expect(readdirSync(folder)).toEqual([`.upload-${id}.part`])
    const done = await uploads.add(id, chunk(5, '56789'))
    expect(done).toEqual({ id, offset: 10, path: path.join(folder, 'lake.mp4') })
    expect(readdirSync(folder)).toEqual(['lake.mp4'])
    expect(readFileSync(path.join(folder, 'lake.mp4'), 'utf8')).toBe('0123456789')
  })

  it('goes on where it was after the server was started again', async () => {
    const { id } = await uploads.begin(wish())
    await uploads.add(id, chunk(0, '0123'))
    uploads = createUploads(folder)
    await expect(uploads.add(id, chunk(4, '456789'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await uploads.begin(wish())).toEqual({ id, offset: 4, path: null })
    expect(await uploads.add(id, chunk(4, '456789'))).toMatchObject({ path: path.join(folder, 'lake.mp4') })
    expect(readFileSync(path.join(folder, 'lake.mp4'), 'utf8')).toBe('0123456789')
  })

  it('that was all there but not named when the server ended gets its name at the next beginning', async () => {
    const { id } = await uploads.begin(wish())
    writeFileSync(path.join(folder, `.upload-${id}.part`), '0123456789')
    expect(await createUploads(folder).begin(wish())).toEqual({ id, offset: 10, path: path.join(folder, 'lake.mp4') })
  })

  it('is begun once and named once when two pages drop the same file at the same moment', async () => {
    const { id } = await uploads.begin(wish())
    writeFileSync(path.join(folder, `.upload-${id}.part`), '0123456789')
    const again = createUploads(folder)
    const whole = { id, offset: 10, path: path.join(folder, 'lake.mp4') }
    expect(await Promise.all([again.begin(wish()), again.begin(wish())])).toEqual([whole, whole])
    expect(readdirSync(folder)).toEqual(['lake.mp4'])
  })

  it('refuses a chunk whose hash is wrong and says where to go on', async () => {
    const { id } = await uploads.begin(wish())
    await uploads.add(id, chunk(0, '0123'))
    await expect(uploads.add(id, chunk(4, '4567', createHash('sha256').update('4566').digest('hex')))).rejects.toMatchObject({ code: 'CHANGED', offset: 4 })
    expect(readFileSync(path.join(folder, `.upload-${id}.part`), 'utf8')).toBe('0123')
  })

  it.each([0, 3, 5, 11])('refuses a chunk at %i when the next begins at 4', async (offset) => {
    const { id } = await uploads.begin(wish())
    await uploads.add(id, chunk(0, '0123'))
    await expect(uploads.add(id, chunk(offset, 'ab'))).rejects.toMatchObject({ code: 'CHANGED', offset: 4 })
  })

  it('refuses more than it was said to be', async () => {
    const { id } = await uploads.begin(wish())
    await expect(uploads.add(id, chunk(0, 'x'.repeat(11)))).rejects.toMatchObject({ code: 'CHANGED', message: '"lake.mp4" is larger than it was said to be.' })
  })

  it('takes one of two chunks that come for the same place at once', async () => {
    const { id } = await uploads.begin(wish())
    const both = await Promise.allSettled([uploads.add(id, chunk(0, '01234')), uploads.add(id, chunk(0, '01234'))])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await uploads.add(id, chunk(5, '56789'))).toMatchObject({ offset: 10 })
  })

  it('of another file with the same name gets a name of its own', async () => {
    expect(await send(wish())).toBe(path.join(folder, 'lake.mp4'))
    expect(await send(wish({ lastModified: 2 }))).toBe(path.join(folder, 'lake (2).mp4'))
    expect(await send(wish({ lastModified: 3 }))).toBe(path.join(folder, 'lake (3).mp4'))
  })

  it('of the same file again is there at once', async () => {
    const first = await send(wish())
    expect(await uploads.begin(wish())).toMatchObject({ offset: 10, path: first })
    rmSync(first)
    expect(await uploads.begin(wish())).toMatchObject({ offset: 0, path: null })
  })

  it('keeps where it lay in the folder that was dropped', async () => {
    expect(await send(wish({ folder: 'Holiday/Day 1' }))).toBe(path.join(folder, 'Holiday', 'Day 1', 'lake.mp4'))
  })

  it.each([
    [{ name: '../../up.mp4' }, 'up.mp4'],
    [{ name: '/etc/up.mp4' }, 'up.mp4'],
    [{ name: '..\\..\\up.mp4' }, 'up.mp4'],
    [{ name: '.hidden.mp4' }, 'hidden.mp4'],
    [{ name: 'CON.mp4' }, 'clip.mp4'],
    [{ name: 'a\0b.mp4' }, 'ab.mp4'],
    [{ folder: '../../..' }, 'lake.mp4'],
    [{ folder: '/etc/./..//x' }, path.join('etc', 'x', 'lake.mp4')],
    [{ folder: 'C:\\Windows' }, path.join('C', 'Windows', 'lake.mp4')],
  ])('with the name %j stays inside the folder', async (change, expected) => {
    const given = await send(wish(change))
    expect(path.relative(folder, given).split(path.sep)).not.toContain('..')
    expect(path.relative(folder, given)).toBe(expected)
  })

  it('that is empty, or no video in a dropped folder, is refused before a byte is sent', async () => {
    await expect(uploads.begin(wish({ size: 0 }))).rejects.toMatchObject({ code: 'EMPTY' })
    await expect(uploads.begin(wish({ name: 'notes.docx', folder: 'Holiday' }))).rejects.toMatchObject({ code: 'NOT_MEDIA' })
    expect(await uploads.begin(wish({ name: 'lake.srt', folder: 'Holiday' }))).toMatchObject({ offset: 0 })
    expect(await uploads.begin(wish({ name: 'no ending' }))).toMatchObject({ offset: 0 })
  })

  it('that the drive has no room for is refused before a byte is sent', async () => {
    await expect(uploads.begin(wish({ size: 2 ** 52 }))).rejects.toMatchObject({ code: 'DISK_FULL' })
  })

  it('that nobody went on with for a week is taken away, and no other file is', async () => {
    const old = await uploads.begin(wish({ name: 'old.mp4' }))
    const young = await uploads.begin(wish({ name: 'young.mp4' }))
    for (const { id } of [old, young]) await uploads.add(id, chunk(0, '0123'))
    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000)
    utimesSync(path.join(folder, `.upload-${old.id}.part`), longAgo, longAgo)
    writeFileSync(path.join(folder, 'mine.part'), '')
    utimesSync(path.join(folder, 'mine.part'), longAgo, longAgo)
    await uploads.removeStale()
    expect(readdirSync(folder).toSorted()).toEqual([`.upload-${young.id}.part`, 'mine.part'])
  })
})
