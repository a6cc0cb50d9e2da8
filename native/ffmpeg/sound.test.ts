import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { VideoId } from '../../electron/contract/ids.ts'
import type { VideoFacts } from '../../electron/core/facts.ts'
import { probeFile } from './probe.ts'
import { createTestMedia } from './scan/test-media.ts'
import { parseBlockLine } from './sound-blocks.ts'
import { readSound } from './sound.ts'

const { tools, make, folder, remove } = createTestMedia()
afterAll(() => remove())

const NEVER = new AbortController().signal
const RATE = 16_000
const shared = path.resolve(process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '../../../shared'), 'media')
const jfk = path.join(shared, 'speech/jfk.wav')
const X264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p'

async function videoOf(file: string): Promise<VideoFacts> {
  return { id: VideoId.parse(1), path: file, media: await probeFile(tools, file, NEVER) }
}

interface Heard { start: number, samples: Float32Array }

/** All of a range, joined. Each piece has to begin where the one before it ended. */
async function heardOf(video: VideoFacts, fromSeconds = 0, toSeconds: number | null = null): Promise<Heard> {
  const parts: Float32Array[] = []
  let start = Number.NaN
  let next = Number.NaN
  for await (const { startSeconds, samples } of readSound(tools, { video, fromSeconds, toSeconds }, NEVER)) {
    if (parts.length === 0) start = next = startSeconds
    expect(startSeconds).toBeCloseTo(next, 9)
    next = startSeconds + samples.length / RATE
    parts.push(samples)
  }
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  parts.reduce((at, part) => {
    samples.set(part, at)
    return at + part.length
  }, 0)
  return { start, samples }
}

function loudest({ start, samples }: Heard, from: number, to: number): number {
  return samples.subarray(Math.round((from - start) * RATE), Math.round((to - start) * RATE)).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

/** Where the sound begins, in seconds from the first picture. */
function firstLoud({ start, samples }: Heard): number {
  return start + samples.findIndex((value) => Math.abs(value) > 0.02) / RATE
}

/** How far the samples of a range are from those of the whole, at most, of those that both have. */
function difference(whole: Heard, part: Heard): number {
  const shift = Math.round((part.start - whole.start) * RATE)
  return part.samples.reduce((most, value, index) => Math.max(most, Math.abs(value - (whole.samples[index + shift] ?? value))), 0)
}

describe.skipIf(!existsSync(jfk))('the sound of a speech (skipped without ../shared/media)', () => {
  it('is the samples of the file itself where they are stored as they are', async () => {
    const file = make('jfk.mkv', '-f lavfi -i testsrc=r=10:s=64x36:d=11 -i', [jfk, ...X264.split(' '), '-c:a', 'pcm_s16le'])
    const heard = await heardOf(await videoOf(file))
    const wav = readFileSync(jfk)
    const stored = new Int16Array(wav.buffer.slice(wav.byteOffset + wav.indexOf('data') + 8))
    expect(heard.start).toBe(0)
    expect(heard.samples.length).toBe(stored.length)
    expect(difference({ start: 0, samples: Float32Array.from(stored, (value) => value / 32_768) }, heard)).toBeLessThan(1e-6)
  })

  // The clock of matroska counts milliseconds, which here makes the sound with opus a millisecond early after a jump.
  it.each([['jfk.mp4', '-ar 44100 -c:a aac', 0], ['jfk-opus.mkv', '-c:a libopus', -16], ['jfk.ts', '-ar 48000 -c:a ac3', 0]])('%s: from any second on it is what it is from the beginning', async (name, codec, shift) => {
    const file = make(name, '-f lavfi -i testsrc=r=25:s=64x36:d=11 -i', [jfk, ...X264.split(' '), '-g', '50', ...codec.split(' ')])
    const video = await videoOf(file)
    const whole = await heardOf(video)
    for (const from of [5.4321, 8.0006]) {
      const part = await heardOf(video, from, from + 1.5)
      expect(Math.abs(part.start - from)).toBeLessThanOrEqual(1 / RATE)
      expect(part.samples.length / RATE).toBeCloseTo(1.5, 3)
      // Noise that a decoder makes up itself is never the same twice; the speech is as loud as 1.
      expect(difference(whole, { ...part, start: part.start + shift / RATE })).toBeLessThan(5e-3)
    }
  })
})

describe('times count from the first picture', () => {
  const picture = '-f lavfi -i testsrc=r=25:s=64x36:d=5'
  const sine = (seconds: number): string => `-f lavfi -i sine=f=440:r=48000:d=${String(seconds)}`

  it('sound that begins 2 s after it begins at 2 s, also when only the end is asked for', async () => {
    const video = await videoOf(make('late.mp4', `${picture} -itsoffset 2 ${sine(3)} ${X264} -g 25 -c:a aac`))
    expect(firstLoud(await heardOf(video))).toBeCloseTo(2, 2)
    expect(firstLoud(await heardOf(video, 1.5))).toBeCloseTo(2, 2)
    expect((await heardOf(video)).start).toBeCloseTo(0, 9)
    expect((await heardOf(video, 4)).start).toBeCloseTo(4, 4)
  })

  it('of sound that begins 2 s before it only what is heard with pictures is given', async () => {
    const video = await videoOf(make('early.mkv', `-itsoffset 2 ${picture} ${sine(2.5)} ${X264} -c:a pcm_s16le`))
    const heard = await heardOf(video)
    expect(heard.start).toBeCloseTo(0, 4)
    expect(heard.start + heard.samples.length / RATE).toBeCloseTo(0.5, 2)
  })

  it('where the clock of the file begins at a hundred thousand seconds too', async () => {
    const video = await videoOf(make('clock.ts', `${picture} ${sine(5)} ${X264} -g 25 -c:a aac -output_ts_offset 80000 -f mpegts`))
    expect(Math.abs((await heardOf(video)).start)).toBeLessThan(0.1)
    const part = await heardOf(video, 3, 4)
    expect([part.start, part.samples.length / RATE].map((value) => Math.round(value * 1000))).toEqual([3000, 1000])
  })

  it('a hole in the sound is silence, as long as it is', async () => {
    const video = await videoOf(make('hole.mkv', `${picture} ${sine(5)} ${X264} -g 25 -af aselect='lt(t\,1.5)+gt(t\,3.5)' -c:a pcm_s16le`))
    for (const from of [0, 1.2]) {
      const heard = await heardOf(video, from)
      expect(heard.start + heard.samples.length / RATE).toBeCloseTo(5, 2)
      expect([loudest(heard, from, 1.45) > 0.1, loudest(heard, 1.6, 3.4), loudest(heard, 3.6, 4.9) > 0.1]).toEqual([true, 0, true])
    }
    // and where the hole begins what is asked for
    expect(firstLoud(await heardOf(video, 3, 4))).toBeCloseTo(3.5, 1)
  })

  it('a hole of an hour too, without the memory for an hour', async () => {
    const gap = make('hour.mkv', '-f lavfi -i sine=f=440:r=48000:d=4 -af', ['asetpts=if(gt(T\\,2)\\,PTS+3600/TB\\,PTS)', '-c:a', 'pcm_s16le'])
    const video = await videoOf(make('hour-video.mkv', '-f lavfi -i testsrc=r=1:s=64x36:d=3604 -i', [gap, ...X264.split(' '), '-c:a', 'copy']))
    let seconds = 0
    let last = 0
    for await (const { startSeconds, samples } of readSound(tools, { video, fromSeconds: 0, toSeconds: null }, NEVER)) {
      expect(samples.length).toBeLessThanOrEqual(RATE)
      if (samples.some((value) => value !== 0)) seconds += samples.length / RATE
      last = startSeconds + samples.length / RATE
    }
    expect([last, seconds].map(Math.round)).toEqual([3604, 5])
  })

  it('of several tracks the one that is heard is given', async () => {
    const tracks = `${picture} -f lavfi -i anullsrc=r=48000:d=5 ${sine(5)} -map 0 -map 1 -map 2 ${X264} -c:a aac -disposition:a:0 0 -disposition:a:1 default`
    expect(loudest(await heardOf(await videoOf(make('tracks.mkv', tracks))), 1, 2)).toBeGreaterThan(0.1)
  })
})

describe('what there is of it', () => {
  it('nothing of a video without sound, nothing after its end, all up to its end', async () => {
    expect((await heardOf(await videoOf(make('mute.mp4', `-f lavfi -i testsrc=r=25:s=64x36:d=1 ${X264}`)))).samples.length).toBe(0)
    const short = await videoOf(make('short.mp4', `-f lavfi -i testsrc=r=25:s=64x36:d=3 -f lavfi -i sine=r=16000:d=1 ${X264} -c:a aac`))
    expect((await heardOf(short, 2)).samples.length).toBe(0)
    expect((await heardOf(short, 0.5)).samples.length / RATE).toBeCloseTo(0.55, 1)
  })

  it('damaged sound comes as far as it decodes, in its place', async () => {
    const file = make('damaged.ts', `-f lavfi -i testsrc=r=25:s=64x36:d=8 -f lavfi -i sine=f=440:r=48000:d=8 ${X264} -c:a aac -f mpegts`)
    const bytes = readFileSync(file)
    bytes.fill(0x55, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.55))
    writeFileSync(file, bytes)
    const heard = await heardOf(await videoOf(file))
    expect(heard.start + heard.samples.length / RATE).toBeCloseTo(8, 0)
    expect([loudest(heard, 1, 2), loudest(heard, 6.5, 7.5)].map((value) => value > 0.1)).toEqual([true, true])
  })
})

describe('it ends', () => {
  const long = '-f lavfi -i testsrc=r=1:s=64x36:d=600 -f lavfi -i sine=r=16000:d=600'

  it('when it is stopped, within a piece', async () => {
    const video = await videoOf(make('long.mkv', `${long} ${X264} -c:a pcm_s16le`))
    const stop = new AbortController()
    let pieces = 0
    const listening = async (): Promise<void> => {
      for await (const { samples } of readSound(tools, { video, fromSeconds: 0, toSeconds: null }, stop.signal)) {
        pieces += samples.length / RATE
        if (pieces === 3) stop.abort(new Error('enough'))
      }
    }
    await expect(listening()).rejects.toThrow('enough')
    expect(pieces).toBeLessThan(20)
  })

  it('when nobody listens any more, without a word', async () => {
    const video = await videoOf(path.join(folder, 'long.mkv'))
    for await (const { startSeconds } of readSound(tools, { video, fromSeconds: 300, toSeconds: null }, NEVER)) {
      expect(startSeconds).toBeCloseTo(300, 4)
      break
    }
  })

  it('with OFFLINE when the file is taken away in the middle', async () => {
    const file = path.join(folder, 'taken.mkv')
    copyFileSync(path.join(folder, 'long.mkv'), file)
    const video = await videoOf(file)
    const listening = async (): Promise<void> => {
      for await (const { startSeconds } of readSound(tools, { video, fromSeconds: 0, toSeconds: 20 }, NEVER)) if (startSeconds === 1) rmSync(file)
    }
    await expect(listening()).rejects.toMatchObject({ code: 'OFFLINE' })
  })
})

it('a line of the log tells when a block begins and how long it is', () => {
  expect(parseBlockLine('[ashowinfo@sound @ 0x55dc508536c0] [info] n:1 pts:-160 pts_time:-0.01 pos:-1 fmt:flt channels:1 chlayout:mono rate:16000 nb_samples:8000 checksum:7E13399F plane_checksums: [ 7E13399F ]')).toEqual({ at: -160, count: 8000 })
  expect(parseBlockLine('[ashowinfo@sound @ 0x1] [info] n:0 pts:NOPTS pts_time:NOPTS fmt:flt channels:1 chlayout:mono rate:16000 nb_samples:16000 checksum:1 plane_checksums: [ 1 ]')).toEqual({ at: null, count: 16_000 })
  expect(parseBlockLine('[Parsed_showinfo_0 @ 0x1] [info] n:0 pts:0 nb_samples:3')).toBeNull()
})
