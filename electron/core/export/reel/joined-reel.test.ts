import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeNumberedVideo } from '../../../../e2e/fixtures/numbered-video.ts'
import type { NumberedReading } from '../../../../e2e/fixtures/numbered-video-reader.ts'
import { readNumberedVideo } from '../../../../e2e/fixtures/numbered-video-reader.ts'
import { usualSpec } from '../../../../e2e/fixtures/numbered-video-spec.ts'
import type { ExportTools } from '../export.ts'
import { factsOf, realFfmpeg, temporaryFolder } from '../test-library.ts'
import type { WantedReel } from './test-reels.ts'
import { runReel, span } from './test-reels.ts'

let folder = ''
let out = ''
/** Two of the same settings with B-frames and a key frame every 13 pictures (0.52 s), and one of 30 pictures a second. */
let files: string[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
  const one = makeNumberedVideo({ ...usualSpec, seconds: 2.4 }, folder, 'one')
  const other = path.join(folder, 'other.mp4')
  copyFileSync(one, other)
  files = [one, other, makeNumberedVideo({ ...usualSpec, rate: '30', seconds: 1.2 }, folder, 'thirty')]
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const run = async (wanted: Partial<WantedReel> & Pick<WantedReel, 'clips'>): ReturnType<typeof runReel> => runReel({ of: files, out, ...wanted })

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at)

function expectInStep({ pictures, beeps, complaints }: NumberedReading, numbers: readonly number[]): void {
  expect(complaints).toEqual([])
  expect(pictures.map(({ number }) => number)).toEqual(numbers)
  for (const [at, { ptsSeconds }] of pictures.entries()) expect(ptsSeconds).toBeCloseTo(at / 25, 6)
  const flashes = pictures.flatMap(({ isFlash, ptsSeconds }) => isFlash ? [ptsSeconds] : [])
  expect(flashes.length).toBeGreaterThan(0)
  for (const flash of flashes) expect(Math.min(...beeps.map(({ atSeconds }) => Math.abs(atSeconds - flash)))).toBeLessThanOrEqual(0.04)
}

describe('a reel of clips whose streams match', () => {
  it('is joined of their pictures as they are stored where they begin and end on key frames', async () => {
    const { files: [file], failed } = await run({ clips: [span(1, 0, 0.52), span(1, 0.52, 1.04), span(2, 1.56, 2.08)] })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ mode: 'copy', notes: [], duration: 1.56, why: '3 clips joined with their pictures as they are stored; their sound is encoded once, so that it stays in step.' })
    expect(file?.parts.map(({ at, duration }) => [at, duration])).toEqual([[0, 0.52], [0.52, 0.52], [1.04, 0.52]])
    expectInStep(await readNumberedVideo(file?.path ?? '', 'a:0'), [...range(0, 26), ...range(39, 13)])
    const { media } = await factsOf(file?.path ?? '')
    expect(media.chapters.map(({ startSeconds, title }) => [startSeconds, title])).toEqual([[0, 'one'], [0.52, 'one'], [1.04, 'other']])
    expect(readdirSync(out)).toEqual(['Best of.mp4'])
  })

  it('has only its edges encoded where clips begin or end between key frames', async () => {
    const { files: [file], failed } = await run({ clips: [span(1, 0.2, 1.4), span(2, 0.52, 1.56)], choices: { mode: 'smart' } })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ mode: 'smart', notes: [], why: '2 clips joined: only 8 pictures at the edges and the sound are encoded anew.' })
    expectInStep(await readNumberedVideo(file?.path ?? '', 'a:0'), [...range(5, 30), ...range(13, 26)])
  })

  it('says by how much a copied clip is longer than asked, where that was accepted', async () => {
    const { files: [file], failed } = await run({ clips: [span(1, 0.64, 1.04), span(2, 0, 0.52)], choices: { mode: 'copy', acceptShift: true } })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ mode: 'copy', duration: 1.04 })
    expect(file?.notes).toHaveLength(1)
    expect(file?.notes[0]).toMatch(/^It begins 3 pictures earlier than asked/)
  })
})

describe('a reel of clips whose streams do not match', () => {
  it('is encoded, and says what stood in the way', async () => {
    const { files: [file], failed } = await run({ clips: [span(1, 0.4, 0.8), span(3, 0, 0.4)] })
    expect(failed).toEqual([])
    expect(file).toMatchObject({ mode: 'exact', notes: [] })
    expect(file?.why).toMatch(/pictures a second\. The clips differ in (?:profile or level|pictures a second)\.$/)
  })

  it('has a note where copying was asked for', async () => {
    const { files: [file], failed } = await run({ clips: [span(1, 0.64, 1.04)], choices: { mode: 'copy' } })
    expect(failed).toEqual([])
    expect(file?.mode).toBe('exact')
    expect(file?.notes[0]).toMatch(/^Encoded anew, and not by "copy"\. Copied, the clip would begin 3 pictures earlier/)
  })
})

describe('a joined reel that is not right', () => {
  it('is thrown away and encoded instead, and says so', async () => {
    const wrong: ExportTools['ffmpeg'] = { ...realFfmpeg, joinReel: (job, signal) => realFfmpeg.joinReel(job.pictures.how === 'track' ? { ...job, chapters: [] } : job, signal) }
    const { files: [file], failed } = await run({ clips: [span(1, 0.52, 1.04)], changed: { ffmpeg: wrong } })
    expect(failed).toEqual([])
    expect(file?.mode).toBe('exact')
    expect(file?.why).toMatch(/Joining without encoding was tried first\. .*: its chapters are not right\.$/)
    expect(readdirSync(out)).toEqual(['Best of.mp4'])
  })
})
