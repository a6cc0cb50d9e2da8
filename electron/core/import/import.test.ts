import { appendFileSync, existsSync, linkSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { changeContent, copyTo, oddVideos } from '../../../e2e/fixtures/odd-videos.ts'
import { video } from '../store/videos.ts'
import { importFiles } from './import.ts'
import { aged, LONG_AGO, useImport } from './test-folder.ts'

const { library, folder, tools, aVideo, take, names, codes } = useImport()

describe('an import', () => {
  it('takes what is named and all videos in folders, in the order of their names', async () => {
    for (const [seed, name] of ['b.mp4', 'a/2.MKV', 'a/10.mov', 'c.webm'].entries()) aVideo(name, seed)
    writeFileSync(path.join(folder(), 'notes.txt'), 'words')
    writeFileSync(path.join(folder(), 'a', 'b.srt'), 'words')
    const report = await take(folder())
    expect(names(report.added)).toEqual(['a/10.mov', 'a/2.MKV', 'b.mp4', 'c.webm'])
    expect(report).toMatchObject({ known: [], moved: [], refused: [], ignored: 2 })
    expect(video(library().db, report.added[0]!.id)).toMatchObject({ title: '10', state: 'queued', modifiedMs: LONG_AGO.getTime() })
  })

  it('takes a named file whatever its name, and passes over what is hidden in a folder', async () => {
    const odd = aVideo('recording.xyz', 1)
    aVideo('.hidden.mp4', 2)
    aVideo('.trash/old.mp4', 3)
    expect(names((await take(folder())).added)).toEqual([])
    expect(names((await take(odd)).added)).toEqual(['recording.xyz'])
  })

  it('does not let one refused file stop the rest', async () => {
    const first = aVideo('1.mp4', 1)
    oddVideos['row 1: zero bytes'](folder())
    oddVideos['row 2: a page'](folder())
    aVideo('z.mp4', 2)
    const report = await take(folder())
    expect(names(report.added)).toEqual([path.basename(first), 'z.mp4'])
    expect(codes(report)).toEqual({ 'empty.mp4': 'EMPTY', 'page.mp4': 'NOT_MEDIA' })
  })

  it('tells of each file as it goes, and has stored it by then', async () => {
    aVideo('1.mp4', 1)
    aVideo('2.mp4', 2)
    const seen: number[] = []
    const queued: number[] = []
    await importFiles({ paths: [folder()], wantsFirstLook: true }, {
      ...tools(), onFound: (files) => { seen.push(files) }, onQueued: () => { queued.push(tools().store.all().length) },
    }, new AbortController().signal)
    expect({ seen, queued }).toEqual({ seen: [1, 2], queued: [1, 2] })
    expect(video(library().db, tools().store.all()[0]!.id)?.wantsFirstLook).toBe(true)
  })

  it('stops at the next file when it is aborted, and keeps what it has', async () => {
    for (let seed = 1; seed <= 5; seed++) aVideo(`${seed}.mp4`, seed)
    const abort = new AbortController()
    const run = importFiles({ paths: [folder()], wantsFirstLook: false }, {
      ...tools(), onQueued: () => { if (tools().store.all().length === 2) abort.abort() },
    }, abort.signal)
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
    expect(tools().store.all().length).toBe(2)
  })

  it('of a folder with programs in it does not take them for broken videos', async () => {
    writeFileSync(path.join(folder(), 'main.ts'), 'export const answer = 42\n')
    expect(await take(folder())).toMatchObject({ refused: [], ignored: 1 })
    expect(codes(await take(path.join(folder(), 'main.ts')))).toEqual({ 'main.ts': 'NOT_MEDIA' })
  })
})

describe('odd names', () => {
  it.skipIf(process.platform === 'win32')('row 38, 41: are taken as they are', async () => {
    const odd = ['-i.mp4', 'http:x.mp4', 'pipe:0', '%03d.mp4', '"quotes\'.mp4', '$(touch owned).mp4', 'new\nline.mp4', 'rtl\u202emark.mp4', `${'n'.repeat(251)}.mp4`]
    const files = odd.map((name, seed) => aVideo(name, seed + 1))
    const report = await take(...files)
    expect(names(report.added)).toEqual(odd)
    expect(report.added.map(({ id }) => video(library().db, id)?.title).slice(6, 8)).toEqual(['new line', 'rtl mark'])
    expect(existsSync(path.join(folder(), 'owned'))).toBe(false)
  })

  it.skipIf(process.platform !== 'linux')('row 39: é in one letter and é in two are two files', async () => {
    aVideo('caf\u00e9.mp4', 1)
    aVideo('cafe\u0301.mp4', 2)
    expect((await take(folder())).added.length).toBe(2)
  })
})

describe('row 43: a file that is still being written', () => {
  it('is taken once it is quiet', async () => {
    const file = aVideo('growing.mp4', 1)
    aVideo('done.mp4', 2)
    const writing = setInterval(() => { appendFileSync(file, 'more') }, 40)
    setTimeout(() => { clearInterval(writing) }, 600)
    appendFileSync(file, 'more')
    const report = await take(folder())
    expect(names(report.added)).toEqual(['done.mp4', 'growing.mp4'])
    // The identity is that of the finished file.
    expect((await take(file)).known.length).toBe(1)
  })

  it('is refused as IN_USE when it never is', async () => {
    const file = aVideo('growing.mp4', 1)
    const writing = setInterval(() => { appendFileSync(file, 'more') }, 40)
    appendFileSync(file, 'more')
    try {
      expect(codes(await take(file))).toEqual({ 'growing.mp4': 'IN_USE' })
    } finally {
      clearInterval(writing)
    }
  })
})

describe('the same content', () => {
  it('row 50: is one video, as a copy, a hard link, or named twice', async () => {
    const file = aVideo('a.mp4')
    linkSync(file, path.join(folder(), 'b-hard-link.mp4'))
    copyTo(file, path.join(folder(), 'c-copy.mp4'))
    aged(path.join(folder(), 'c-copy.mp4'))
    const report = await take(folder(), file)
    expect(names(report.added)).toEqual(['a.mp4'])
    expect(names(report.known)).toEqual(['b-hard-link.mp4', 'c-copy.mp4', 'a.mp4'])
    expect(tools().store.all().map((one) => one.path)).toEqual([file])
  })

  it('row 45: at another path, when the old one is gone, is the same video', async () => {
    const file = aVideo('a.mp4')
    const [added] = (await take(file)).added
    mkdirSync(path.join(folder(), 'new'))
    renameSync(file, path.join(folder(), 'new', 'b.mp4'))
    const report = await take(folder())
    expect(report).toMatchObject({ added: [], known: [], moved: [{ id: added?.id, from: file, path: path.join(folder(), 'new', 'b.mp4') }] })
  })

  it('row 44: at the same path changes with the file: it is to be computed again, and says so', async () => {
    const file = aVideo('a.mp4')
    const [added] = (await take(file)).added
    changeContent(file)
    aged(file) // even when size and time say that nothing happened
    const report = await take(file)
    expect(report).toMatchObject({ added: [], known: [{ id: added?.id, path: file }], moved: [] })
    expect(video(library().db, added!.id)).toMatchObject({ badges: ['CHANGED'], state: 'queued', media: null })
  })

  it('at a path that was another video\'s leaves that one missing, and loses neither', async () => {
    const first = aVideo('first.mp4', 1)
    const second = aVideo('second.mp4', 2)
    const { added: [one, two] } = await take(folder())
    renameSync(second, first)
    const report = await take(folder())
    expect(report.moved).toEqual([{ id: two?.id, path: first, from: second }])
    expect(video(library().db, one!.id)?.state).toBe('missing')
    expect(video(library().db, two!.id)).toMatchObject({ path: first, state: 'queued' })
  })
})

