import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { measureLoudness } from '../../../../native/ffmpeg/loudness.ts'
import type { ExportInput, ExportReport } from '../../../contract/exports.ts'
import { usualExportChoices } from '../../../contract/export-choices.ts'
import type { ExportFfmpeg } from '../clip-making.ts'
import { exportClips } from '../export.ts'
import { factsOf, ffmpegOutput, libraryOf, never, realFfmpeg, temporaryFolder, tools, toolsWith, videoId } from '../test-library.ts'

let folder = ''
/** 3 s of 25 pictures a second; the sound is noise, -24 LUFS about, with a loud click in the middle of each second. */
let quiet = ''
/** New for each test. */
let out = ''
beforeAll(async () => {
  folder = await temporaryFolder()
  quiet = path.join(folder, 'quiet.mp4')
  const noise = 'anoisesrc=r=48000:a=0.06:c=pink:seed=1:d=3'
  const click = "aevalsrc='0.9*sin(2*PI*880*t)*between(mod(t,1),0.5,0.504)':s=48000:d=3"
  await ffmpegOutput([
    '-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=3', '-f', 'lavfi', '-i', noise, '-f', 'lavfi', '-i', click, '-filter_complex', '[1][2]amix=normalize=0[a]',
    '-map', '0:v', '-map', '[a]', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '192k', quiet,
  ])
})
beforeEach(() => { out = mkdtempSync(path.join(folder, 'out-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

interface Wanted { choices?: Partial<ExportInput>, file?: string, ffmpeg?: ExportFfmpeg, span?: [number, number] }

async function run({ choices = {}, file = quiet, ffmpeg = realFfmpeg, span: [start, end] = [0.2, 2.2] }: Wanted): Promise<ExportReport> {
  const input: ExportInput = { ...usualExportChoices, ...choices, mode: 'exact', outFolder: out, clips: [{ kind: 'span', videoId, start, end }] }
  return exportClips(input, toolsWith(await libraryOf(file), { ffmpeg, log: { info: () => undefined, warn: () => undefined, error: () => undefined } }), never)
}

async function only(report: Promise<ExportReport>): Promise<ExportReport['files'][number]> {
  const { files: [file], failed } = await report
  expect(failed).toEqual([])
  if (file === undefined) throw new Error('no clip')
  return file
}

/** Loudness of a file in LUFS, measured on all of it. */
async function loudnessOf(file: string): Promise<{ integrated: number | null, truePeakDecibels: number }> {
  const video = await factsOf(file)
  const { picture } = video.media
  return measureLoudness(tools, { video, startPts: picture.startPts, endPts: picture.startPts + (picture.durationPts ?? 0), gain: null }, never)
}

/** Mean brightness of each picture. */
async function brightness(file: string): Promise<number[]> {
  return [...await ffmpegOutput(['-i', file, '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo', '-'])]
}

/** The loudest sample of each tenth of a second. */
async function peaks(file: string): Promise<number[]> {
  const bytes = await ffmpegOutput(['-i', file, '-ac', '1', '-ar', '8000', '-f', 's16le', '-'])
  const samples = Array.from({ length: bytes.length >> 1 }, (_, index) => Math.abs(bytes.readInt16LE(index * 2)) / 32_768)
  return Array.from({ length: Math.floor(samples.length / 800) }, (_, tenth) => Math.max(...samples.slice(tenth * 800, tenth * 800 + 800)))
}

describe('an exact clip', () => {
  it('is as loud as asked, with peaks held where they would get too loud', async () => {
    const before = await loudnessOf(quiet)
    expect(before.integrated).toBeLessThan(-23)
    // One gain alone would bring the clicks to more than full scale.
    expect(before.truePeakDecibels - 16 - (before.integrated ?? 0)).toBeGreaterThan(3)
    const louder = await only(run({ choices: { loudness: -16 } }))
    const after = await loudnessOf(louder.path)
    expect(Math.abs((after.integrated ?? 0) + 16)).toBeLessThan(1)
    expect(after.truePeakDecibels).toBeLessThan(-0.9)
  })

  it('is made quieter by one gain and nothing else', async () => {
    const file = await only(run({ choices: { loudness: -38 } }))
    expect(file.notes).toEqual([])
    expect(Math.abs(((await loudnessOf(file.path)).integrated ?? 0) + 38)).toBeLessThan(1)
  })

  it('fades in from black and silence, and out again; between it is as it was', async () => {
    const plain = await only(run({}))
    const faded = await only(run({ choices: { fades: { inSeconds: 0.4, outSeconds: 0.8 } } }))
    const [whole, light] = [await brightness(plain.path), await brightness(faded.path)]
    expect(light).toHaveLength(50)
    expect(light[0]).toBeLessThanOrEqual(16)
    expect(light.at(-1)).toBeLessThan(30)
    for (const at of [12, 20, 28]) expect(Math.abs((light[at] ?? 0) - (whole[at] ?? 0))).toBeLessThan(3)
    // It goes up over ten pictures and down over twenty.
    expect(light[5]).toBeLessThan((whole[5] ?? 0) - 20)
    expect(light[40]).toBeLessThan((whole[40] ?? 0) - 20)
    const [loud, heard] = [await peaks(plain.path), await peaks(faded.path)]
    expect(heard[0]).toBeLessThan((loud[0] ?? 0) * 0.5)
    expect(heard[19]).toBeLessThan((loud[19] ?? 0) * 0.3)
    expect(Math.abs((heard[8] ?? 0) - (loud[8] ?? 0))).toBeLessThan(0.02)
  })

  it('shares its length between fades that are longer than it', async () => {
    const file = await only(run({ choices: { fades: { inSeconds: 6, outSeconds: 2 } }, span: [0.2, 1] }))
    const light = await brightness(file.path)
    expect(light).toHaveLength(20)
    expect(light.indexOf(Math.max(...light))).toBeGreaterThan(10)
  })

  it.each([0, 40, 51])('is taken for what it is at CRF %i', async (crf) => {
    const file = await only(run({ choices: { encoding: { crf, preset: 'ultrafast', hardware: false } }, span: [0.2, 1] }))
    expect(file.verified).toMatchObject({ frames: 20, firstFrameMatches: true, lastFrameMatches: true })
  })

  it('says who encoded it where a graphics card was asked for', async () => {
    const file = await only(run({ choices: { encoding: { ...usualExportChoices.encoding, hardware: true } }, span: [0.2, 0.6] }))
    expect(file.notes).toHaveLength(1)
    expect(file.notes[0]).toMatch(/^(No graphics card here can encode H.264|Encoded by the graphics card|What the graphics card encoded did not pass)/)
  })

  it('is right where the container lists pictures that are never shown', async () => {
    const file = path.join(folder, 'hidden.webm')
    await ffmpegOutput([
      '-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=3', '-c:v', 'libvpx', '-b:v', '150k', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-arnr-maxframes', '7', '-deadline', 'good', '-cpu-used', '5', file,
    ])
    const { verified } = await only(run({ file, span: [0.8, 2.4] }))
    expect(verified).toMatchObject({ frames: 40, expectedFrames: 40, firstFrameMatches: true, lastFrameMatches: true })
  })

  it('is right where two fields of a picture are two packets', async () => {
    const file = path.join(folder, 'fields.ts')
    await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=160x96:r=50:d=2,interlace', '-c:v', 'libx264', '-preset', 'ultrafast', '-flags', '+ilme+ildct', '-x264-params', 'tff=1', '-pix_fmt', 'yuv420p', file])
    const { verified } = await only(run({ file, span: [0.4, 1.2] }))
    expect(verified).toMatchObject({ frames: 20, expectedFrames: 20 })
  })
})

describe('an exact clip that is not what was asked for', () => {
  const refusedBy = async (ffmpeg: Partial<ExportFfmpeg>): Promise<string[]> => {
    const { files, failed } = await run({ ffmpeg: { ...realFfmpeg, ...ffmpeg }, span: [0.4, 0.8] })
    expect(files).toEqual([])
    expect(readdirSync(out)).toEqual([])
    return failed.map(({ error }) => `${error.code}: ${error.message}`)
  }

  it('is thrown away when other pictures went into the encoder than were asked for', async () => {
    const wrong = await refusedBy({
      cut: (job, onProgress, signal) => {
        const { startPts, endPts, firstPts, lastPts } = job
        return realFfmpeg.cut({ ...job, startPts: startPts + 512, endPts: endPts + 512, firstPts: firstPts + 512, lastPts: lastPts + 512 }, onProgress, signal)
      },
    })
    expect(wrong).toEqual([expect.stringContaining('EXPORT_UNVERIFIED: The clip was made but is not the one asked for, and was thrown away: its pictures are not those that the source has there')])
  })

  it('is thrown away when one of its pictures, in the middle, is not what went into the encoder', async () => {
    const wrong = await refusedBy({
      cut: async (job, onProgress, signal) => {
        const report = await realFfmpeg.cut(job, onProgress, signal)
        const spoilt = `${job.target}.mp4`
        const white = ['-vf', "drawbox=c=white:t=fill:enable='eq(n,5)'", '-c:v', 'libx264', '-bf', '0', '-video_track_timescale', '12800', '-c:a', 'copy']
        await ffmpegOutput(['-i', job.target, ...white, '-movflags', '+faststart', spoilt])
        await ffmpegOutput(['-i', spoilt, '-c', 'copy', '-video_track_timescale', '12800', '-movflags', '+faststart', '-f', 'mp4', job.target])
        rmSync(spoilt)
        return report
      },
    })
    expect(wrong).toEqual([expect.stringContaining('its picture 6 is another one')])
  })
})
