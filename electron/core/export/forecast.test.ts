import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualExportChoices } from '../../contract/export-choices.ts'
import type { ClipSource, ExportPlan } from '../../contract/exports.ts'
import { exportClips } from './export.ts'
import { forecastExport } from './forecast.ts'
import { ffmpegOutput, libraryOf, never, NO_MEDIA, realFfmpeg, realMedia, sceneId, temporaryFolder, toolsWith, videoId } from './test-library.ts'

let folder = ''
let ntsc = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  ntsc = path.join(folder, 'ntsc.mp4')
  await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=30000/1001:d=4', '-f', 'lavfi', '-i', 'sine=d=4', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', ntsc])
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const exact = { ...usualExportChoices, mode: 'exact' } as const

const span = (start: number, end: number, title?: string): ClipSource => ({ kind: 'span', videoId, start, end, ...title === undefined ? {} : { title } })
const planOf = async (clips: ClipSource[], file = ntsc, of: Parameters<typeof libraryOf>[1] = {}): Promise<ExportPlan> =>
  forecastExport({ clips, ...exact }, { clips: await libraryOf(file, of), ffmpeg: realFfmpeg }, never)

describe('the plan of an export', () => {
  it('names, times and counts what the export then writes', async () => {
    const clips = [span(1, 2), span(0.51, 0.5438), span(1.068, 1.335), span(3, 99), span(2.2, 2.3, 'My: favourite / part?')]
    const library = await libraryOf(ntsc)
    const plan = await forecastExport({ clips, ...exact }, { clips: library, ffmpeg: realFfmpeg }, never)
    const outFolder = mkdtempSync(path.join(folder, 'out-'))
    const { files } = await exportClips({ clips, outFolder, ...exact }, toolsWith(library), never)
    expect(plan.problems).toEqual([])
    expect(plan.clips.map(({ fileName }) => fileName)).toEqual(files.map((file) => path.basename(file.path)))
    expect(plan.clips.map(({ frames }) => frames)).toEqual(files.map(({ verified }) => verified.frames))
    for (const [at, file] of files.entries()) {
      expect(plan.clips[at]?.start).toBeCloseTo(file.start, 3)
      expect(plan.clips[at]?.end).toBeCloseTo(file.end, 3)
    }
    expect(plan.clips.map(({ lastFrameAt }) => (lastFrameAt * 30_000 / 1001).toFixed(3))).toEqual(['59.000', '16.000', '39.000', '119.000', '68.000'])
  })

  it('gives two clips of one name a number, and a title that is no file name another one', async () => {
    const { clips } = await planOf([span(0, 1, 'Goal'), span(1, 2, 'goal'), span(2, 3, 'CON'), { kind: 'scene', sceneId }], ntsc, { scene: { index: 1, startPts: 30_030, endPts: 60_060 } })
    expect(clips.map(({ fileName }) => fileName)).toEqual(['Goal.mp4', 'goal (2).mp4', 'clip.mp4', 'ntsc (scene 2, 0m01.001s).mp4'])
  })

  it('says which clips can not be written, and plans the others', async () => {
    const library = await libraryOf(ntsc)
    const away = { ...library, video: () => { const of = library.video(videoId); return of === null ? null : { ...of, facts: { ...of.facts, path: path.join(folder, 'away', 'gone.mp4') } } } }
    const input: Parameters<typeof forecastExport>[0] = { clips: [span(0, 1), span(9, 10)], ...exact }
    expect((await forecastExport(input, { clips: away, ffmpeg: realFfmpeg }, never)).problems.map(({ error }) => error.code)).toEqual(['OFFLINE', 'USAGE'])
    const changed = { ...library, video: () => { const of = library.video(videoId); return of === null ? null : { ...of, sizeBytes: 1 } } }
    expect((await forecastExport(input, { clips: changed, ffmpeg: realFfmpeg }, never)).problems.map(({ error }) => error.code)).toEqual(['CHANGED', 'USAGE'])
    const some = await planOf([span(0, 1), span(9, 10)])
    expect([some.clips.length, some.problems.length, some.seconds.toFixed(1)]).toEqual([1, 1, '1.0'])
  })

  it('is of what was chosen: a gif, a picture, a sound, a reel', async () => {
    const library = await libraryOf(ntsc)
    const clips = [span(0.51, 1.2)]
    for (const chosen of [{ format: 'gif' }, { format: 'frame' }, { format: 'audio', mode: 'auto' }] as const) {
      const choices = { ...exact, ...chosen }
      const plan = await forecastExport({ clips, ...choices }, { clips: library, ffmpeg: realFfmpeg }, never)
      const { files } = await exportClips({ clips, outFolder: mkdtempSync(path.join(folder, 'out-')), ...choices }, toolsWith(library), never)
      const made = files.map((file) => [path.basename(file.path), file.mode, file.verified.frames, file.why])
      expect(plan.clips.map(({ fileName, mode, frames, why }) => [fileName, mode, frames, why])).toEqual(made)
    }
    const reel = { name: 'Best: of', crossfadeSeconds: 0, chapters: true, titleCards: false }
    const ofReel = await forecastExport({ clips, ...exact, reel }, { clips: library, ffmpeg: realFfmpeg }, never)
    expect(ofReel.clips.map(({ fileName, mode, copyShift }) => [fileName, mode, copyShift])).toEqual([['Best of.mp4', 'exact', null]])
  })

  it('says what can not be that: a gif of minutes, the sound of a video without, a reel that is no video', async () => {
    const silent = path.join(folder, 'silent.mp4')
    await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=64x36:r=5:d=70', '-c:v', 'libx264', '-preset', 'ultrafast', silent])
    const library = await libraryOf(silent)
    const reel = { name: 'Best', crossfadeSeconds: 0, chapters: true, titleCards: false }
    for (const chosen of [{ format: 'gif' }, { format: 'audio' }, { format: 'gif', reel }] as const) {
      const plan = await forecastExport({ clips: [span(0, 65)], ...exact, ...chosen }, { clips: library, ffmpeg: realFfmpeg }, never)
      expect([plan.clips, plan.problems.map(({ error }) => error.code)]).toEqual([[], ['USAGE']])
    }
  })

  it('of 50 clips costs next to nothing', async () => {
    const library = await libraryOf(ntsc)
    const clips = Array.from({ length: 50 }, (_, at) => span(at / 20, at / 20 + 1))
    // Work of this process, not time that passes: other programs take that, too.
    const before = process.cpuUsage()
    expect((await forecastExport({ clips, ...exact }, { clips: library, ffmpeg: realFfmpeg }, never)).clips).toHaveLength(50)
    expect(process.cpuUsage(before).user).toBeLessThan(200_000) // under 10 ms, measured here, 2026-11-21
  })
})

const moving = ['nasa_13013.mp4', 'chaplin.mp4', 'yoga.mp4', 'crystal.webm', 'hitting_baseball.mp4', 'testvideo.mp4']

describe('the size that is foreseen', () => {
  it.skipIf(!realMedia('videos').isThere).each(moving)(`of a second of %s is right within a factor of two (unless ${NO_MEDIA})`, async (name) => {
    const { file } = realMedia(`videos/${name}`)
    const library = await libraryOf(file)
    const clips = [span(1.5, 3)]
    const plan = await forecastExport({ clips, ...exact }, { clips: library, ffmpeg: realFfmpeg }, never)
    const outFolder = mkdtempSync(path.join(folder, 'sizes-'))
    await exportClips({ clips, outFolder, ...exact }, toolsWith(library), never)
    const bytes = statSync(path.join(outFolder, readdirSync(outFolder)[0] ?? '')).size
    expect(plan.estimatedBytes / bytes).toBeGreaterThan(0.5)
    expect(plan.estimatedBytes / bytes).toBeLessThan(2)
  })
})
