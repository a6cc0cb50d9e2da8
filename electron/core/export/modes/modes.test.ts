import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportChoices } from '../../../contract/export-choices.ts'
import { usualExportChoices } from '../../../contract/export-choices.ts'
import type { ExportPlan, ExportReport } from '../../../contract/exports.ts'
import { exportClips } from '../export.ts'
import { forecastExport } from '../forecast.ts'
import { factsOf, ffmpegOutput, libraryOf, never, realFfmpeg, realMedia, temporaryFolder, toolsWith, videoId } from '../test-library.ts'

const SOUND = ['-f', 'lavfi', '-i', 'sine=d=4:b=4']
const picture = (rate = '25'): string[] => ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=${rate}:d=4`]
const H264 = ['-c:v', 'libx264', '-preset', 'fast', '-g', '25', '-pix_fmt', 'yuv420p']

let folder = ''
const file = (name: string): string => path.join(folder, name)
beforeAll(async () => {
  folder = await temporaryFolder()
  // A key frame each second, B-frames that need each other.
  await ffmpegOutput([...picture(), ...SOUND, ...H264, '-c:a', 'aac', file('h264.mp4')])
  await Promise.all([
    ffmpegOutput(['-i', file('h264.mp4'), '-c', 'copy', '-output_ts_offset', '500', file('late-clock.ts')]),
    ffmpegOutput(['-i', file('h264.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', file('turned.mp4')]),
    ffmpegOutput(['-i', file('h264.mp4'), '-c:v', 'copy', '-c:a', 'libopus', file('opus.mkv')]),
    ffmpegOutput(['-i', file('h264.mp4'), '-c:v', 'copy', '-c:a', 'libmp3lame', file('mp3.mp4')]),
  ])
  await ffmpegOutput([...picture(), ...SOUND, '-c:v', 'libx265', '-x265-params', 'log-level=none:keyint=25:min-keyint=25', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file('open-hevc.mp4')])
  await ffmpegOutput([...picture(), ...SOUND, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '25', '-b:v', '300k', '-c:a', 'libopus', file('vp9.webm')])
  await ffmpegOutput([...picture(), ...H264, '-x264-params', 'open-gop=1', file('open.mp4')])
  const mpeg2 = ['-c:v', 'mpeg2video', '-g', '12', '-sc_threshold', '1000000000', '-flags']
  await ffmpegOutput([...picture(), ...mpeg2, '+cgop', file('frames-mpeg2.ts')])
  await ffmpegOutput([...picture(), ...mpeg2, '+cgop+ildct+ilme', file('fields-mpeg2.ts')])
  await ffmpegOutput([...picture('50'), '-vf', 'interlace', '-c:v', 'libx265', '-x265-params', 'log-level=none:keyint=12:interlace=tff', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', file('fields-hevc.mkv')])
})
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

async function run(name: string, [start, end]: [number, number], choices: Partial<ExportChoices> = {}): Promise<ExportReport> {
  const outFolder = mkdtempSync(path.join(folder, 'out-'))
  return exportClips({ ...usualExportChoices, ...choices, clips: [{ kind: 'span', videoId, start, end }], outFolder }, toolsWith(await libraryOf(file(name))), never)
}

async function plan(name: string, [start, end]: [number, number], choices: Partial<ExportChoices> = {}): Promise<ExportPlan> {
  return forecastExport({ ...usualExportChoices, ...choices, clips: [{ kind: 'span', videoId, start, end }] }, { clips: await libraryOf(file(name)), ffmpeg: realFfmpeg }, never)
}

describe('a clip whose in and out are on key frames', () => {
  it('is copied, picture by picture as it is stored', async () => {
    const { files: [clip] } = await run('h264.mp4', [1, 3])
    expect(clip).toMatchObject({ mode: 'copy', why: 'In and out are on key frames.', start: 1, end: 3, notes: [], verified: { frames: 50, expectedFrames: 50 } })
    const checksums = async (of: string, fromSeconds: number): Promise<number[]> => {
      const facts = await factsOf(of)
      const found: number[] = []
      for await (const packet of realFfmpeg.packets({ video: facts, fromPts: fromSeconds * facts.media.picture.timeBase.den, bytes: 'none' }, never)) {
        if ((packet.pts ?? 0) >= fromSeconds * facts.media.picture.timeBase.den) found.push(packet.checksum)
      }
      return found.slice(0, 50)
    }
    expect(await checksums(clip?.path ?? '', 0)).toEqual(await checksums(file('h264.mp4'), 1))
  })
})

describe('sound in long blocks', () => {
  it('is encoded anew, so that it begins with the picture', async ({ skip }) => {
    const { file: film, isThere } = realMedia('videos/nasa_13013.mp4')
    skip(!isThere, 'the shared media are not there')
    const library = await libraryOf(film)
    const outFolder = mkdtempSync(path.join(folder, 'out-'))
    const { files: [clip] } = await exportClips({ ...usualExportChoices, mode: 'copy', acceptShift: true, clips: [{ kind: 'span', videoId, start: 8, end: 10 }], outFolder }, toolsWith(library), never)
    expect(clip?.mode).toBe('copy')
    expect(Math.abs(clip?.verified.audioOffset ?? NaN)).toBeLessThan(0.005)
  })
})

describe('a clip that begins and ends anywhere', () => {
  it.for([
    ['h264.mp4', '.mp4', 18], ['late-clock.ts', '.mp4', 18], ['turned.mp4', '.mp4', 18], ['opus.mkv', '.mkv', 18], ['mp3.mp4', '.mp4', 18], ['vp9.webm', '.webm', 17],
  ] as const)('of %s has only its edges encoded anew, and stays in %s', async ([name, extension, edges]) => {
    const { files: [clip], failed } = await run(name, [0.32, 3.4])
    expect(failed).toEqual([])
    expect(clip).toMatchObject({ mode: 'smart', why: `Only ${edges} pictures at the edges are encoded anew.`, notes: [], verified: { frames: 77, expectedFrames: 77 } })
    expect(path.extname(clip?.path ?? '')).toBe(extension)
  })

  it('of HEVC with open groups is cut at its edges when asked for: pictures that lead a key frame are encoded with the edge', async () => {
    const { files: [clip] } = await run('open-hevc.mp4', [0.32, 3.4], { mode: 'smart' })
    expect(clip).toMatchObject({ mode: 'smart', verified: { frames: 77, expectedFrames: 77 } })
    expect((await run('open-hevc.mp4', [0.32, 3.4])).files[0]).toMatchObject({ mode: 'exact', why: 'Joined pieces of this codec do not play everywhere.' })
  })

  it('of interlaced MPEG-2 or HEVC is encoded anew although smart cutting was asked for, and the plan says so', async () => {
    for (const name of ['fields-mpeg2.ts', 'fields-hevc.mkv']) {
      const { clips: [planned] } = await plan(name, [0.32, 3.4], { mode: 'smart' })
      expect(planned).toMatchObject({ mode: 'exact', why: 'Its pictures are made of fields.' })
    }
    expect((await plan('frames-mpeg2.ts', [0.32, 3.4], { mode: 'smart' })).clips[0]?.mode).toBe('smart')
  })

  it('of H.264 without IDR pictures inside is encoded anew, and says why', async () => {
    const { files: [clip] } = await run('open.mp4', [0.32, 3.4], { mode: 'smart' })
    expect(clip).toMatchObject({ mode: 'exact', why: 'No key frame that the middle could begin with lies inside.' })
    expect(clip?.notes).toEqual(['Encoded anew although smart cutting was asked for. No key frame that the middle could begin with lies inside.'])
  })

  it('is copied only when the shift is accepted, and then it is the one that was announced', async () => {
    const { failed: [failed] } = await run('h264.mp4', [1.32, 2.52], { mode: 'copy' })
    expect(failed?.error.message).toMatch(/^Copied, the clip would begin 8 pictures earlier/)
    expect(failed?.error.hint).toContain('--accept-shift')
    const { clips: [planned] } = await plan('h264.mp4', [1.32, 2.52], { mode: 'copy', acceptShift: true })
    const { files: [clip] } = await run('h264.mp4', [1.32, 2.52], { mode: 'copy', acceptShift: true })
    expect(clip).toMatchObject({ mode: 'copy', why: 'The shift was accepted.', start: 1, verified: { frames: 30 + 8 + (planned?.copyShift?.framesAfter ?? NaN) } })
    expect(planned).toMatchObject({ mode: 'copy', start: clip?.start, end: clip?.end, frames: clip?.verified.frames, copyShift: { framesBefore: 8 } })
    expect(clip?.notes).toHaveLength(1)
  })
})

describe('the plan', () => {
  it('names the mode, why, and the file as the export then does', async () => {
    for (const span of [[1, 3], [0.32, 3.4]] as [number, number][]) {
      const { clips } = await plan('opus.mkv', span)
      const { files } = await run('opus.mkv', span)
      expect(clips.map(({ mode, why, fileName, frames }) => [mode, why, fileName, frames]))
        .toEqual(files.map(({ mode, why, path: written, verified }) => [mode, why, path.basename(written), verified.frames]))
    }
  })

  it('has a change of the picture encoded anew', async () => {
    expect((await plan('h264.mp4', [1, 3], { fades: { inSeconds: 0.5, outSeconds: 0 } })).clips[0]).toMatchObject({ mode: 'exact', why: 'It fades in or out.', copyShift: null })
    expect((await plan('h264.mp4', [1, 3], { mode: 'copy', loudness: -23 })).problems[0]?.error).toMatchObject({ code: 'USAGE', message: 'This clip can not be copied. Its loudness is changed.' })
  })
})

describe('a smart cut that is cancelled', () => {
  it('leaves nothing behind', async () => {
    const outFolder = mkdtempSync(path.join(folder, 'out-'))
    const stop = new AbortController()
    const tools = toolsWith(await libraryOf(file('h264.mp4')), {
      ffmpeg: { ...realFfmpeg, encodeEdge: async (job, signal) => { const edge = await realFfmpeg.encodeEdge(job, signal); stop.abort(); return edge } },
    })
    await expect(exportClips({ ...usualExportChoices, clips: [{ kind: 'span', videoId, start: 0.32, end: 3.4 }], outFolder }, tools, stop.signal)).rejects.toThrow()
    expect(readdirSync(outFolder)).toEqual([])
  })
})
