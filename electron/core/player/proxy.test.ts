import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFfmpeg } from '../../../native/ffmpeg/ffmpeg.ts'
import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { Ffmpeg } from '../ports.ts'
import type { Library } from '../store/database.ts'
import { testClock, testLibrary } from '../store/test-library.ts'
import { addVideo, setFacts, video } from '../store/videos.ts'
import { ProxyMaker } from './proxy.ts'
import { PieceShelf, proxyPieceFile } from './proxy-files.ts'

const ffmpeg = createFfmpeg()
const never = new AbortController().signal
let library: Library & { folder: string }
let events: AppEvent[] = []
const makers: ProxyMaker[] = []
beforeEach(async () => { library = await testLibrary(); events = [] })
afterEach(async () => {
  for (const maker of makers.splice(0)) await maker.close()
  library.close()
})

const run = (args: string[]): string => execFileSync('ffmpeg', ['-hide_banner', '-v', 'error', '-y', ...args], { encoding: 'utf8' })

/** 24 s of MPEG-2 with AC-3: plays in no browser. */
async function oldFilm(): Promise<VideoId> {
  const file = path.join(library.folder, 'old.mpg')
  run(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=24', '-f', 'lavfi', '-i', 'sine=f=440:d=24:r=48000', '-c:v', 'mpeg2video', '-b:v', '2M', '-c:a', 'ac3', '-f', 'vob', file])
  const { size, mtimeMs } = statSync(file)
  const id = addVideo(library.db, { path: file, identity: 'old', sizeBytes: size, modifiedMs: Math.round(mtimeMs), title: 'Old', wantsFirstLook: false, addedMs: 1 })
  setFacts(library.db, id, await ffmpeg.probe(file, never))
  return id
}

function maker(more: { ffmpeg?: Pick<Ffmpeg, 'proxy'>, keptBytes?: number } = {}): ProxyMaker {
  const made = new ProxyMaker({
    library, ffmpeg, clock: testClock, threads: () => null, emit: (event) => { events.push(event) },
    log: { info: () => undefined, warn: (text, cause) => { throw new Error(text, { cause }) }, error: () => undefined }, ...more,
  })
  makers.push(made)
  return made
}

const pieceFile = (id: VideoId, piece: number): string => proxyPieceFile(library.paths, video(library.db, id)!, piece)
const times = (file: string, kind: 'v' | 'a'): number[] =>
  execFileSync('ffprobe', ['-v', 'error', '-select_streams', kind, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file], { encoding: 'utf8' }).trim().split('\n').map(Number.parseFloat)
const files = (id: VideoId): string[] => readdirSync(path.dirname(pieceFile(id, 0))).sort()

describe('a proxy', () => {
  it('is made in pieces that hold what the browser asks for, begin at 0 and follow each other', async () => {
    const id = await oldFilm()
    const proxies = maker()
    const first = await proxies.piece(id, 3, never)
    expect(first).toEqual({ videoId: id, piece: 0, start: 0, end: 10, contentType: 'video/mp4; codecs="avc1.640028, mp4a.40.2"' })
    const second = await proxies.piece(id, 12, never)
    expect(second).toMatchObject({ piece: 1, start: 10, end: 20 })
    const [one, two] = [pieceFile(id, 0), pieceFile(id, 1)]
    expect([times(one, 'v').length, times(two, 'v').length, times(two, 'v')[0]]).toEqual([250, 250, 0])
    // The first packet of sound of a piece begins where the last one of the piece before ends.
    expect(10 + times(two, 'a')[0]!).toBeCloseTo(times(one, 'a').at(-1)! + 1024 / 48_000, 4)
    expect(events.filter(({ type }) => type === 'proxy-progress').at(-1)).toMatchObject({ piece: 1, progress: 1 })
    expect(await proxies.piece(id, 99, never)).toMatchObject({ piece: 2, start: 20 }) // behind the end: the last one
  })

  it('is made once, also when it is asked for twice at a time, and then lies there', async () => {
    const id = await oldFilm()
    let made = 0
    const proxies = maker({ ffmpeg: { proxy: async (...args) => { made++; await ffmpeg.proxy(...args) } } })
    await Promise.all([proxies.piece(id, 0, never), proxies.piece(id, 5, never)])
    await proxies.piece(id, 9, never)
    expect(made).toBe(1)
    rmSync(path.join(library.folder, 'old.mpg')) // its drive is away: what was made still plays
    expect(await proxies.piece(id, 0, never)).toMatchObject({ piece: 0 })
    await expect(proxies.piece(id, 15, never)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('that nobody waits for any more is not made to its end, and leaves nothing', async () => {
    const id = await oldFilm()
    const stop = new AbortController()
    const proxies = maker({ ffmpeg: { proxy: (job, tell, signal) => ffmpeg.proxy(job, (progress) => { tell(progress); stop.abort() }, signal) } })
    await expect(proxies.piece(id, 0, stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
    await proxies.close()
    expect(files(id)).toEqual([])
  })

  it('of a video that is removed is not made to its end: who waits for it is told at once', async () => {
    const id = await oldFilm()
    let begun: () => void = () => undefined
    const isBegun = new Promise<void>((resolve) => { begun = resolve })
    let asked = 0
    const proxies = maker({ ffmpeg: { proxy: (_job, _tell, signal) => new Promise((_, reject) => {
      asked++
      begun()
      signal.addEventListener('abort', () => { reject(signal.reason as Error) }, { once: true })
    }) } })
    const refused = expect(proxies.piece(id, 0, never)).rejects.toMatchObject({ code: 'NOTHING_TO_DO' })
    await isBegun
    await proxies.giveUp(id)
    await refused
    expect([asked, files(id)]).toEqual([1, []])
  })

  it('keeps its state while it is used, for who plays it, and counts as used last at the next start', async () => {
    const id = await oldFilm()
    const proxies = maker()
    await proxies.piece(id, 0, never)
    utimesSync(pieceFile(id, 0), 1000, 1000)
    await proxies.piece(id, 0, never)
    expect(statSync(pieceFile(id, 0)).mtimeMs).toBe(1_000_000)
    await proxies.close()
    expect(Date.now() - statSync(pieceFile(id, 0)).mtimeMs).toBeLessThan(60_000)
  })

  it('goes when there are too many, the one that was not used for longest first', async () => {
    const id = await oldFilm()
    await maker().piece(id, 0, never)
    const { size } = statSync(pieceFile(id, 0))
    const proxies = maker({ keptBytes: size * 2.2 })
    await proxies.piece(id, 10, never)
    await proxies.piece(id, 0, never) // used again
    await proxies.piece(id, 20, never)
    await expect.poll(() => files(id).map((name) => name[0])).toEqual(['0', '2'])
  })

  it('is counted together with those of other videos, without looking for them again and again', async () => {
    const folderOf = (id: number): string => path.join(library.paths.artifacts, String(id), 'proxy')
    const piece = (id: number, name: string): string => {
      mkdirSync(folderOf(id), { recursive: true })
      writeFileSync(path.join(folderOf(id), name), Buffer.alloc(1000))
      return path.join(folderOf(id), name)
    }
    const left = [piece(1, '0-a.mp4.x.part'), piece(2, '0-a.mp4.y.part'), piece(1, '0-a.mp4'), piece(2, '0-a.mp4'), piece(2, '1-a.mp4')]
    for (const [at, file] of left.entries()) if (at > 0) utimesSync(file, 1000 + at, 1000 + at)
    const shelf = new PieceShelf(library.paths, 2500)
    await shelf.add(piece(3, '0-a.mp4'), 10_000_000)
    expect(left.map((file) => existsSync(file))).toEqual([true, false, false, false, true])
    const unheardOf = piece(4, '0-a.mp4')
    await shelf.add(piece(3, '1-a.mp4'), 10_000_000)
    expect([existsSync(unheardOf), existsSync(left[4]!)]).toEqual([true, false])
  })
})
