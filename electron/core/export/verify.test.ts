import { usualExportChoices } from '../../contract/export-choices.ts'
import { copyFile, rm, truncate, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CutJob } from '../ports.ts'
import { planClip } from './plan.ts'
import { difference, isNearer } from './small-pictures.ts'
import type { Survey } from './exact/survey.ts'
import { expectedOf } from './exact/exact-expected.ts'
import { surveySource } from './exact/survey.ts'
import { ffmpegOutput, libraryOf, never, realFfmpeg, temporaryFolder, videoId } from './test-library.ts'
import { verifyClip } from './verify.ts'

/** Ticks of one picture at 25 a second. */
const PICTURE = 512

let folder = ''
let survey: Survey
beforeAll(async () => {
  folder = await temporaryFolder()
  const source = path.join(folder, 'source.mp4')
  await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=5', '-f', 'lavfi', '-i', 'sine=d=5', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', source])
  survey = await surveySource(realFfmpeg, { plan: planClip({ kind: 'span', videoId, start: 1.2, end: 2.4 }, await libraryOf(source)), choices: usualExportChoices }, never)
})
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

/** Cuts what `job` says and checks it against what was asked for. */
async function cutAndVerify(sabotage: Partial<CutJob>, spoil: (file: string) => Promise<void> = async () => undefined): Promise<unknown> {
  const file = path.join(folder, 'clip.part')
  await realFfmpeg.cut({ ...survey.job, ...sabotage, target: file }, () => undefined, never)
  await spoil(file)
  return verifyClip(realFfmpeg, { path: file, expected: expectedOf(survey.job, survey, survey) }, never)
}

async function rewritten(file: string, args: string[]): Promise<void> {
  const other = `${file}.mp4`
  await ffmpegOutput(['-i', file, ...args, other])
  await copyFile(other, file)
}

const refused = (words: string) => expect.objectContaining({ code: 'EXPORT_UNVERIFIED', message: expect.stringContaining(words) as string }) as Error

describe('the verification of a clip', () => {
  it('finds 30 pictures in 1.2 s of 25 a second, by decoding the source', () => {
    expect(survey.timesSeconds).toHaveLength(30)
    expect(survey.job).toMatchObject({ startPts: 30 * PICTURE, endPts: 60 * PICTURE, firstPts: 30 * PICTURE, lastPts: 59 * PICTURE })
    expect(survey.durationSeconds).toBeCloseTo(1.2, 9)
  })

  it('passes the clip that was asked for', async () => {
    await expect(cutAndVerify({})).resolves.toMatchObject({
      verification: { frames: 30, expectedFrames: 30, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0 },
    })
  })

  it('refuses one picture too many', async () => {
    await expect(cutAndVerify({ endPts: 61 * PICTURE, lastPts: 60 * PICTURE })).rejects.toThrow(refused('it has 31 pictures and should have 30'))
  })

  it('refuses one picture too few', async () => {
    await expect(cutAndVerify({ endPts: 59 * PICTURE, lastPts: 58 * PICTURE })).rejects.toThrow(refused('it has 29 pictures and should have 30'))
  })

  it.each([['early', -PICTURE], ['late', PICTURE]])('refuses the right number of pictures one too %s', async (_, shift) => {
    const { startPts, endPts, firstPts, lastPts } = survey.job
    const shifted = { startPts: startPts + shift, endPts: endPts + shift, firstPts: firstPts + shift, lastPts: lastPts + shift }
    await expect(cutAndVerify(shifted)).rejects.toThrow(refused('its first picture is another one; its last picture is another one'))
  })

  it('refuses a file that was cut short', async () => {
    await expect(cutAndVerify({}, async (file) => truncate(file, Math.floor((await stat(file)).size * 0.7)))).rejects.toThrow(refused('it has'))
  })

  it('refuses what is no video at all', async () => {
    await expect(cutAndVerify({}, async (file) => truncate(file, 20))).rejects.toThrow(refused('it can not be read'))
  })

  it('refuses sound that is late, sound that is missing and an index at the end', async () => {
    await expect(cutAndVerify({}, (file) => rewritten(file, ['-itsoffset', '0.1', '-i', file, '-map', '0:v', '-map', '1:a', '-c', 'copy', '-movflags', '+faststart']))).rejects.toThrow(refused('its sound is off by 0.0'))
    await expect(cutAndVerify({}, (file) => rewritten(file, ['-an', '-c', 'copy']))).rejects.toThrow(refused('its sound is missing'))
    await expect(cutAndVerify({}, (file) => rewritten(file, ['-c', 'copy']))).rejects.toThrow(refused('its index is not in front'))
  })

  it('refuses a clip in which nothing can be heard', async () => {
    await expect(cutAndVerify({}, (file) => rewritten(file, ['-c:v', 'copy', '-af', 'volume=0', '-movflags', '+faststart']))).rejects.toThrow(refused('nothing can be heard in it'))
  })

  it('refuses pictures at other times', async () => {
    await expect(cutAndVerify({}, (file) => rewritten(file, ['-vf', "setpts='PTS+gt(N,10)*0.01/TB'", '-fps_mode', 'passthrough', '-enc_time_base', '1:12800', '-movflags', '+faststart']))).rejects.toThrow(refused('its pictures come at other times'))
  })
})

describe('two small pictures', () => {
  const grey = (value: number): Uint8Array => new Uint8Array(6912).fill(value)
  it('differ by the mean of their values', () => {
    expect(difference(grey(10), grey(13))).toBe(3)
  })

  it('are told apart by the few values in which they differ, not by the noise of all', () => {
    const right = grey(100)
    const wrong = Uint8Array.from(right, (value, index) => index < 60 ? value + 40 : value)
    const noisy = (picture: Uint8Array): Uint8Array => picture.map((value, index) => value + (index % 3) - 1)
    expect(isNearer(noisy(right), { right, wrong })).toBe(true)
    expect(isNearer(noisy(wrong), { right, wrong })).toBe(false)
    expect(isNearer(noisy(right), { right, wrong: right })).toBe(true)
  })
})
