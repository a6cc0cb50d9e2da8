import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsOf, ffmpegOutput, never, NO_MEDIA, realFfmpeg, realMedia, temporaryFolder, tools, unchanged } from '../../electron/core/export/test-library.ts'
import type { VideoFacts } from '../../electron/core/facts.ts'
import { secondsToPts } from '../../electron/core/facts.ts'
import type { DecodedFile } from '../../electron/core/ports.ts'
import { cutExact, cutFailure, parseFrames, parseProgress } from './cut.ts'
import { parseLoudness } from './loudness.ts'
import { parseComplaint, parseShowinfo } from './run-up.ts'

let folder = ''
beforeAll(async () => { folder = await temporaryFolder() })
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

let clips = 0

/** Cuts the pictures that begin in [start, end) seconds. */
async function cutSeconds(video: VideoFacts, start: number, end: number): Promise<{ clip: VideoFacts, decoded: DecodedFile, source: DecodedFile }> {
  const { picture } = video.media
  const span = { startPts: secondsToPts(picture, start), endPts: secondsToPts(picture, end) }
  const picturesAt = [{ edge: 'first', offset: 0 }, { edge: 'last', offset: 0 }] as const
  const source = await realFfmpeg.decodeAll({ video, span, picturesAt: [...picturesAt], withSound: false }, never)
  const firstPts = source.pts[0]!
  clips += 1
  const target = path.join(folder, `${String(clips)}.mp4`)
  await cutExact(tools, {
    ...unchanged, video, startPts: firstPts, endPts: span.endPts, firstPts, lastPts: source.pts.at(-1)!, target,
  }, { onProgress: () => undefined, signal: never })
  const clip = await factsOf(target)
  return { clip, source, decoded: await realFfmpeg.decodeAll({ video: clip, span: null, picturesAt: [...picturesAt], withSound: true }, never) }
}

function secondsOf(video: VideoFacts, { pts }: DecodedFile): number[] {
  const { num, den } = video.media.picture.timeBase
  return pts.map((at) => (at - pts[0]!) * num / den)
}

function meanColours(pixels: Uint8Array): number[] {
  return [0, 1, 2].map((channel) => pixels.filter((_, index) => index % 3 === channel).reduce((sum, value) => sum + value, 0) / (pixels.length / 3))
}

async function made(name: string, args: string[]): Promise<VideoFacts> {
  const file = path.join(folder, name)
  await ffmpegOutput([...args, file])
  return factsOf(file)
}

const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

/** A flash and a beep at seconds 2 and 4 of 6, each for a tenth of a second; without the first `silence` seconds of sound. */
async function flashAndBeep(name: string, silence: number, rateHz = 44_100): Promise<VideoFacts> {
  const beep = (at: number): string => `between(t,${at},${at + 0.1})`
  const flash = (at: number): string => `between(t,${at - 0.01},${at + 0.09})`
  return made(name, [
    '-f', 'lavfi', '-i', `color=black:s=160x90:r=25:d=6,drawbox=c=white:t=fill:enable='${flash(2)}+${flash(4)}'`,
    '-itsoffset', String(silence), '-f', 'lavfi', '-i', `aevalsrc='0.8*sin(2*PI*1000*t)*(${beep(2)}+${beep(4)})':s=${rateHz}:d=6,atrim=start=${silence},asetpts=PTS-STARTPTS`,
    ...X264, '-g', '100', '-c:a', 'aac',
  ])
}

/** Seconds of the first bright picture and of the first loud sample of a clip. */
async function onsets(clip: VideoFacts): Promise<{ flash: number, beep: number }> {
  const pictures = await ffmpegOutput(['-i', clip.path, '-vf', 'scale=1:1:flags=area,format=gray', '-f', 'rawvideo', '-'])
  const sound = await ffmpegOutput(['-i', clip.path, '-ac', '1', '-ar', '48000', '-f', 's16le', '-'])
  const samples = Array.from({ length: sound.length / 2 }, (_, index) => Math.abs(sound.readInt16LE(index * 2)))
  return { flash: pictures.findIndex((value) => value > 128) / 25, beep: samples.findIndex((value) => value > 6000) / 48_000 }
}

describe('an exact cut', () => {
  it.each([8000, 16_000, 44_100, 48_000])('keeps flash and beep together at %i Hz', async (rateHz) => {
    const video = await flashAndBeep(`sync-${String(rateHz)}.mp4`, 0, rateHz)
    const { clip, decoded } = await cutSeconds(video, 1.52, 4.52)
    const { flash, beep } = await onsets(clip)
    expect(flash).toBeCloseTo(0.48, 6)
    // At 8 kHz the source's own sound sets in early: AAC smears it over a block of 128 ms.
    expect(Math.abs(beep - ((await onsets(video)).beep - 1.52))).toBeLessThan(0.005)
    expect(Math.abs(beep - 0.48)).toBeLessThan(0.04)
    expect(decoded.pts).toHaveLength(75)
    expect(decoded.audioOffsetSeconds).toBe(0)
  })

  it.each(['mp4', 'mkv'])('keeps flash and beep together when the sound of an %s starts 3 s late', async (kind) => {
    const video = await flashAndBeep(`late.${kind}`, 3)
    const { clip } = await cutSeconds(video, 1.52, 4.52)
    const { flash, beep } = await onsets(clip)
    expect(flash).toBeCloseTo(0.48, 6)
    expect(Math.abs(beep - 2.48)).toBeLessThan(0.005)
  })

  it('is silent for all its length where the source has no sound yet', async () => {
    const { clip, decoded } = await cutSeconds(await flashAndBeep('silent.mp4', 3), 1, 2)
    expect(decoded.pts).toHaveLength(25)
    expect(clip.media.sounds).toHaveLength(1)
    expect(clip.media.durationSeconds).toBeCloseTo(1, 1)
    expect((await onsets(clip)).beep).toBeLessThan(0)
  })

  it('keeps every picture of a variable frame rate at its own time', async () => {
    const video = await made('vfr.mkv', ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=50:d=4', '-vf', "select='gt(mod(n,7),2)*gt(mod(n,31),9)'", '-fps_mode', 'vfr', ...X264])
    const { clip, decoded, source } = await cutSeconds(video, 0.9, 2.9)
    const [inClip, inSource] = [secondsOf(clip, decoded), secondsOf(video, source)]
    expect(new Set(inSource.map((at, index) => (at - (inSource[index - 1] ?? 0)).toFixed(3))).size).toBeGreaterThan(2)
    expect(inClip).toHaveLength(inSource.length)
    for (const [index, seconds] of inClip.entries()) expect(seconds).toBeCloseTo(inSource[index]!, 6)
  })

  it('shows the last picture up to the end that was asked for', async () => {
    const video = await made('slow.mkv', ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=1:d=5', ...X264])
    const { clip, decoded } = await cutSeconds(video, 1, 3.5)
    expect(secondsOf(clip, decoded)).toEqual([0, 1, 2])
    expect(clip.media.durationSeconds).toBeCloseTo(2.5, 3)
  })

  it.each([['1000 pictures a second', 1000, '64x64', 0.25], ['16x16', 25, '16x16', 0.4]])('cuts %s', async (...[, rate, size, seconds]) => {
    const video = await made(`rate-${String(rate)}.mp4`, ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${String(rate)}:d=1`, ...X264])
    const { clip, decoded } = await cutSeconds(video, 0.2, 0.2 + seconds)
    expect(decoded.pts).toHaveLength(Math.round(rate * seconds))
    expect(decoded.errors).toEqual([])
    expect(`${String(clip.media.picture.width)}x${String(clip.media.picture.height)}`).toBe(size)
  })

  it.each([10, 100_000])('lands right where times start at %i s', async (offset) => {
    const video = await made(`offset-${String(offset)}.mkv`, ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=6', '-f', 'lavfi', '-i', 'sine=d=6', ...X264, '-g', '50', '-output_ts_offset', String(offset)])
    expect(video.media.picture.startPts).toBeGreaterThanOrEqual(offset * 1000)
    const { decoded } = await cutSeconds(video, 3.2, 4.2)
    expect(decoded.pts).toHaveLength(25)
    expect(decoded.audioOffsetSeconds).toBe(0)
  })

  it('finds its way where a jump lands in the middle of a group of 10 s, without an index', async () => {
    const video = await made('long-group.ts', ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=24', '-f', 'lavfi', '-i', 'sine=d=24', ...X264, '-g', '250', '-sc_threshold', '0', '-bf', '2'])
    const { decoded, source } = await cutSeconds(video, 18, 18.4)
    expect(source.pts[0]! - video.media.picture.startPts).toBe(18 * 90_000)
    expect(decoded.pts).toHaveLength(10)
    expect(decoded.audioOffsetSeconds).toBe(0)
  })

  it('makes an odd size even, the last line repeated', async () => {
    const video = await made('odd.mp4', ['-f', 'lavfi', '-i', 'color=c=0x40c080:s=853x479:r=25:d=0.4,format=yuv444p', '-c:v', 'libx264', '-pix_fmt', 'yuv444p'])
    const { clip, decoded } = await cutSeconds(video, 0, 0.4)
    expect(clip.media.picture).toMatchObject({ width: 854, height: 480, pixelFormat: 'yuv420p' })
    const edge = await ffmpegOutput(['-i', clip.path, '-frames:v', '1', '-vf', 'format=rgb24,crop=1:1:853:479', '-f', 'rawvideo', '-'])
    for (const [channel, value] of [0x40, 0xc0, 0x80].entries()) expect(Math.abs((edge[channel] ?? 0) - value)).toBeLessThan(6)
    expect(decoded.pts).toHaveLength(10)
  })

  it('cuts every picture of a source with damaged bytes that can be decoded', async () => {
    const whole = await made('whole.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=6', ...X264, '-g', '25'])
    const bytes = readFileSync(whole.path)
    for (let at = 40_000; at < bytes.length - 20_000; at += 1500) bytes[at] = (bytes[at] ?? 0) ^ 0x10
    const file = path.join(folder, 'damaged.mp4')
    writeFileSync(file, bytes)
    const { decoded, source } = await cutSeconds({ ...whole, path: file }, 2, 4)
    expect(source.errors.length).toBeGreaterThan(0)
    expect(decoded.pts).toHaveLength(source.pts.length)
    expect(decoded.errors).toEqual([])
  })

  it('writes neither titles nor chapters of the source', async () => {
    const video = await made('titled.mkv', ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=1', '-metadata', 'comment=private', '-metadata', 'title=private', ...X264])
    const { clip } = await cutSeconds(video, 0, 0.4)
    expect((await ffmpegOutput(['-i', clip.path, '-f', 'ffmetadata', '-'])).toString('utf8')).not.toContain('private')
  })

  it('leaves an empty target when it is stopped at once', async () => {
    const video = await made('stopped.mkv', ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=1', ...X264])
    const target = path.join(folder, 'stopped.part')
    const job = { ...unchanged, video, startPts: 0, endPts: 400, firstPts: 0, lastPts: 360, target }
    await expect(cutExact(tools, job, { onProgress: () => undefined, signal: AbortSignal.abort() })).rejects.toThrow('abort')
    expect(readdirSync(folder)).not.toContain('stopped.part')
  })
})

describe('a cut of real media', () => {
  const upright: [string, number, number, number, number, number][] = [
    // file, start, end, pictures, width, height
    ['videos/nasa_13013.mp4', 4, 7, 90, 480, 270],
    ['videos/issue-134-rotate.mp4', 2, 2.5, 12, 544, 1280],
    ['videos/issue-195-aspect-ratio.mp4', 3, 3.4, 10, 1024, 576],
    ['videos/bear-vp9-opus.webm', 1, 2, 30, 320, 240],
    ['videos/grid/bbaf2n.mpg', 1, 2, 25, 360, 288],
    ['corpus/androidx_media/sample_rotate_and_reflect.mp4', 0.2, 0.5, 9, 720, 1080],
    ['corpus/androidx_media/sample_shorter_audio.mp4', 0.5, 1.2, 42, 320, 240],
    ['corpus/androidx_media/edit_list_positive_shift.mp4', 1, 1.2, 6, 1920, 1080],
    ['corpus/dmlc_decord/video_180.mov', 0, 0.1, 3, 568, 320],
    ['corpus/other/cockatoo-damaged.mp4', 3, 3.4, 8, 1280, 720],
  ]
  it.for(upright)('%s has the right pictures, upright and with square pixels', async ([name, start, end, pictures, width, height], { skip }) => {
    const { file, isThere } = realMedia(name)
    skip(!isThere, NO_MEDIA)
    const video = await factsOf(file)
    const { clip, decoded, source } = await cutSeconds(video, start, end)
    expect(source.pts).toHaveLength(pictures)
    expect(decoded.pts).toHaveLength(pictures)
    expect(decoded.errors).toEqual([])
    expect(clip.media.picture).toMatchObject({ width, height, rotationDegrees: 0, isMirrored: false, sampleAspect: { num: 1, den: 1 } })
    expect(clip.media.sounds).toHaveLength(video.media.chosenSound === null ? 0 : 1)
    expect(decoded.audioOffsetSeconds).toBe(video.media.chosenSound === null ? null : 0)
  })

  const coloured = ['corpus/androidx_media/bt601.mov', 'corpus/pytorch_torchcodec/bt709_full_range.mp4', 'corpus/pytorch_torchcodec/h264_10bits.mp4', 'videos/rabbit320.mp4', 'videos/lake_test_video.mp4', 'videos/VP9-tractor.webm']
  it.for(coloured)('%s keeps its colours and says the same of them', async (name, { skip }) => {
    const { file, isThere } = realMedia(name)
    skip(!isThere, NO_MEDIA)
    const video = await factsOf(file)
    const { clip, decoded, source } = await cutSeconds(video, 0, 0.2)
    const { colour } = video.media.picture
    expect(clip.media.picture.colour).toMatchObject({ matrix: colour.matrix, transfer: colour.transfer, primaries: colour.primaries })
    expect(clip.media.picture.colour.range === 'pc').toBe(colour.range === 'pc')
    const [before, after] = [source, decoded].map(({ pictures }) => meanColours(pictures[0]!.pixels))
    for (const [channel, value] of after!.entries()) expect(Math.abs(value - before![channel]!)).toBeLessThan(1)
  })

  it.for(['corpus/androidx_media/hdr10-av1.mp4', 'corpus/androidx_media/hlg10-color-test.mp4'])('%s becomes SDR that plays everywhere', async (name, { skip }) => {
    const { file, isThere } = realMedia(name)
    skip(!isThere, NO_MEDIA)
    const { clip } = await cutSeconds(await factsOf(file), 0, 0.1)
    expect(clip.media.picture).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p', dynamicRange: 'sdr', colour: { matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' } })
  })
})

describe('what ffmpeg says', () => {
  it('gives progress in seconds', () => {
    expect(parseProgress('out_time_us=1480000')).toBe(1.48)
    expect(parseProgress('out_time_us=N/A')).toBeNull()
    expect(parseProgress('out_time_ms=1480000')).toBeNull()
    expect(parseFrames('frame=37')).toBe(37)
    expect(parseFrames('fps=25.0')).toBeNull()
  })

  it('gives pictures and complaints', () => {
    expect(parseShowinfo('[showinfo@source @ 0x5629c4d6d400] [info] n:   0 pts:  51200 pts_time:4       pos:     1368 fmt:yuv420p sar:1/1 s:320x180 i:P iskey:1 type:I ')).toEqual({ pts: 51_200, isKey: true })
    expect(parseShowinfo('[showinfo@source @ 0x5629c4d6d400] [info] config in time_base: 1/12800, frame_rate: 25/1')).toBeNull()
    expect(parseComplaint('[h264 @ 0x55c1] [error] Invalid NAL unit size (1 > 0).')).toBe('h264: Invalid NAL unit size (1 > 0).')
    expect(parseComplaint('[error] Error while decoding stream #0:0')).toBe('Error while decoding stream #0:0')
    expect(parseComplaint('[h264 @ 0x55c1] [warning] concealing')).toBeNull()
  })

  it('gives loudness and true peak, and no loudness for silence', () => {
    const said = (integrated: string, peak: string): string[] => ['[Parsed_ebur128_6 @ 0x5581] [info] Summary:', '  Integrated loudness:', `    I:         ${integrated} LUFS`, '  True peak:', `    Peak:       ${peak} dBFS`]
    expect(parseLoudness(said('-23.4', '-1.2'))).toEqual({ integrated: -23.4, truePeakDecibels: -1.2 })
    expect(parseLoudness(said('-70.0', '-inf'))).toEqual({ integrated: null, truePeakDecibels: -120 })
    expect(parseLoudness(['[info] nothing'])).toBeNull()
  })

  it('tells a full disk from a damaged source', async ({ skip }) => {
    const { isThere, file } = realMedia('videos/nasa_13013.mp4')
    skip(!isThere, NO_MEDIA)
    const job = { ...unchanged, video: await factsOf(file), startPts: 0, endPts: 1, firstPts: 0, lastPts: 0, target: 'x' }
    expect(cutFailure(job, ['mp4: x', 'av_interleaved_write_frame(): No space left on device']).code).toBe('DISK_FULL')
    expect(cutFailure(job, ['h264: no frame!']).code).toBe('DECODE_FAILED')
  })
})
