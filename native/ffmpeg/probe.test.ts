import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mediaFolder } from '../../e2e/fixtures/make-media.ts'
import { copyTo, oddVideos } from '../../e2e/fixtures/odd-videos.ts'
import type { OddVideo } from '../../e2e/fixtures/odd-videos.ts'
import { isRefusal } from '../../electron/core/errors.ts'
import type { MediaFacts } from '../../electron/core/facts.ts'
import { locateTools } from './locate.ts'
import { probeFile } from './probe.ts'
import { programSeconds } from './test-processor-time.ts'

const { folder, remove } = mediaFolder('probe')
afterAll(remove)

const tools = locateTools()
const never = new AbortController().signal
const made = new Map<OddVideo, string>()

/** Made when it is first needed, in a folder of its own. */
function odd(name: OddVideo): string {
  const known = made.get(name)
  if (known !== undefined) return known
  const own = path.join(folder, String(made.size))
  mkdirSync(own)
  const file = oddVideos[name](own)
  made.set(name, file)
  return file
}

const probeOdd = async (name: OddVideo): Promise<MediaFacts> => probeFile(tools, odd(name), never)

describe('a file that can not be a video', () => {
  const refusals: [OddVideo, string][] = [
    ['row 2: one byte', 'NOT_MEDIA'], ['row 2: rubbish', 'NOT_MEDIA'], ['row 2: rubbish, short', 'NOT_MEDIA'], ['row 2: rubbish named .ts', 'NOT_MEDIA'],
    ['row 2: nulls', 'NOT_MEDIA'], ['row 2: text', 'NOT_MEDIA'], ['row 2: a page', 'NOT_MEDIA'],
    ['row 3: no index', 'NO_INDEX'], ['row 3: a recording cut off', 'NO_INDEX'],
    ['row 6: a stream without any key frame', 'UNREADABLE'],
    ['row 9: a PNG', 'IMAGE'], ['row 9: a JPEG', 'IMAGE'], ['row 9: a HEIC', 'IMAGE'], ['row 9: an animated GIF', 'IMAGE'],
    ['row 13: a head only', 'NO_FRAMES'],
    ['row 14: sound only', 'NO_VIDEO'], ['row 14: sound only, mp3', 'NO_VIDEO'], ['row 14: a song with its cover', 'NO_VIDEO'],
    ['row 27: 16k x 16k', 'PICTURE_TOO_LARGE'], ['row 27: 16k x 16k, said by its head only', 'PICTURE_TOO_LARGE'],
    ['row 31: encrypted', 'DRM'], ['row 32: an unknown picture codec', 'UNSUPPORTED_CODEC'],
    ['row 37: 100 GB of nothing', 'NOT_MEDIA'],
  ]
  it.each(refusals)('%s: is refused as %s, in one sentence that names it', async (name, code) => {
    const file = odd(name)
    const before = programSeconds()
    const error: unknown = await probeFile(tools, file, never).catch((thrown: unknown) => thrown)
    if (!isRefusal(error)) throw error
    expect(error.code).toBe(code)
    expect(error.message).toContain(file)
    expect(error.message).toMatch(/^[^\n]+\.$/)
    expect(error.hint).toMatch(/\.$/)
    expect(programSeconds() - before).toBeLessThan(5)
  })

  it('row 32: is refused with the name of its codec', async () => {
    await expect(probeOdd('row 32: an unknown picture codec')).rejects.toThrow('VVC (H.266)')
  })

  it('row 27: is refused with its size', async () => {
    await expect(probeOdd('row 27: 16k x 16k')).rejects.toThrow('16000x16000')
  })
})

describe('a file that is not there', () => {
  it('is no refusal: its drive may come back', async () => {
    await expect(probeFile(tools, path.join(folder, 'gone.mp4'), never)).rejects.toMatchObject({ code: 'OFFLINE' })
  })
})

describe('an odd video', () => {
  it.each([
    'row 4: an mp4 cut short', 'row 5: an mkv cut short', 'row 7: 200 flipped bits', 'row 10: one picture held', 'row 12: no duration', 'row 25: 16x16', 'row 26: 8K',
  ] satisfies OddVideo[])('%s: has facts', async (name) => {
    const { picture, container } = await probeOdd(name)
    expect(picture.codec).toBe('h264')
    expect(container).not.toBe('')
    expect(picture.width * picture.height).toBeGreaterThan(0)
  })

  it('row 6: without its beginning starts with the first picture that decodes', async () => {
    const whole = (await probeFile(tools, path.join(path.dirname(odd('row 6: a stream without its beginning')), 'whole.ts'), never)).picture
    const { picture } = await probeOdd('row 6: a stream without its beginning')
    // A key frame every 20 pictures of 3600 ticks: the second one.
    expect(picture.startPts - whole.startPts).toBe(20 * 3600)
  })

  it('row 11: of one frame has its length', async () => {
    expect(await probeOdd('row 11: one frame')).toMatchObject({ durationSeconds: 0.04, picture: { durationPts: 512, timeBase: { num: 1, den: 12800 } } })
  })

  it('row 12: that does not say how long it is has a length of null', async () => {
    expect(await probeOdd('row 12: no duration')).toMatchObject({ durationSeconds: null, picture: { durationPts: null } })
  })

  it('row 15: without sound has none', async () => {
    expect(await probeOdd('row 15: no sound')).toMatchObject({ sounds: [], chosenSound: null })
  })

  it('row 16: is heard by the sound that is marked, else by the first', async () => {
    const marked = await probeOdd('row 16: two sounds, the second by default')
    expect(marked.sounds.map(({ index, language, isDefault }) => ({ index, language, isDefault }))).toEqual([
      { index: 1, language: 'fra', isDefault: false }, { index: 2, language: 'eng', isDefault: true },
    ])
    expect(marked.chosenSound).toBe(2)
    expect((await probeOdd('row 16: two sounds, none by default')).chosenSound).toBe(1)
  })

  it('row 17: with forty sounds lists 32 of them', async () => {
    const file = odd('row 17: forty sounds')
    const before = programSeconds()
    const { sounds, chosenSound } = await probeFile(tools, file, never)
    expect(sounds.map(({ index }) => index)).toEqual(Array.from({ length: 32 }, (_, place) => place + 1))
    expect(chosenSound).toBe(1)
    expect(programSeconds() - before).toBeLessThan(5)
  })

  it('row 19: of a variable rate is known as such, and one of a fixed rate is not', async () => {
    expect((await probeOdd('row 19: a variable rate')).picture.isVariableRate).toBe(true)
    for (const name of ['row 15: no sound', 'row 11: one frame', 'row 20: 1000 pictures a second'] satisfies OddVideo[]) {
      expect((await probeOdd(name)).picture.isVariableRate).toBe(false)
    }
  })

  it('row 20: of 1000 pictures a second has that rate', async () => {
    expect((await probeOdd('row 20: 1000 pictures a second')).picture.frameRate).toBe(1000)
  })

  it.each([
    ['row 21: turned by 90', 90, false], ['row 21: turned by 180', 180, false], ['row 21: turned by 270', 270, false],
    ['row 21: mirrored left to right', 180, true], ['row 21: mirrored top to bottom', 0, true], ['row 21: mirrored and turned by 90', 90, true],
    ['row 22: a matrix of nothing', 0, false],
  ] satisfies [OddVideo, number, boolean][])('%s: is turned clockwise by %i, after a flip: %s', async (name, rotationDegrees, isMirrored) => {
    expect((await probeOdd(name)).picture).toMatchObject({ rotationDegrees, isMirrored, width: 192, height: 108 })
  })

  it('row 23: in a high dynamic range says which', async () => {
    const colour = { matrix: 'bt2020nc', primaries: 'bt2020' }
    expect((await probeOdd('row 23: HDR10')).picture).toMatchObject({ dynamicRange: 'hdr10', bitDepth: 10, colour: { ...colour, transfer: 'smpte2084' } })
    expect((await probeOdd('row 23: HLG')).picture).toMatchObject({ dynamicRange: 'hlg', bitDepth: 10, colour: { ...colour, transfer: 'arib-std-b67' } })
  })

  it('row 24: of an odd size in 4:4:4 keeps both', async () => {
    expect((await probeOdd('row 24: odd sizes and 4:4:4')).picture).toMatchObject({ width: 853, height: 479, pixelFormat: 'yuv444p' })
  })

  it('row 28: of a day is probed at once', async () => {
    const file = odd('row 28: a day long')
    await probeFile(tools, file, never)
    const before = programSeconds()
    expect((await probeFile(tools, file, never)).durationSeconds).toBe(86_400)
    expect(programSeconds() - before).toBeLessThan(3) // under 1, measured here, 2026-11-21
  })

  it('row 29: that begins late has its first picture there', async () => {
    expect((await probeOdd('row 29: it begins at 100,000 s')).picture).toMatchObject({ startPts: 100_000_000, timeBase: { num: 1, den: 1000 } })
    const { startPts } = (await probeOdd('row 29: it begins at 10 s')).picture
    expect(startPts / 90_000).toBeGreaterThan(10)
  })

  it('row 30: whose edit list hides its first pictures starts with the first that is shown', async () => {
    const { picture, durationSeconds } = await probeOdd('row 30: an edit list')
    expect(picture.startPts).toBe(0)
    expect(durationSeconds).toBeCloseTo(1.4, 1)
  })

  it.skipIf(process.platform === 'win32')('row 38, 41: is probed whatever its name', async () => {
    const own = path.join(folder, 'names')
    mkdirSync(own)
    for (const name of ['-i.mp4', 'http:x.mp4', 'pipe:0', '%03d.mp4', 'a|b.mp4', '"quotes\'.mp4', '$(touch owned).mp4', 'new\nline.mp4', 'rtl\u202emark.mp4', `${'n'.repeat(251)}.mp4`]) {
      const file = copyTo(odd('row 15: no sound'), path.join(own, name))
      expect((await probeFile(tools, file, never)).picture.codec).toBe('h264')
    }
    expect(readdirSync(own)).not.toContain('owned')
  })

  it('row 32: is taken without its sound when only that is unknown', async () => {
    const { sounds, chosenSound } = await probeOdd('row 32: an unknown sound codec')
    expect(sounds).toMatchObject([{ isDecodable: false }])
    expect(chosenSound).toBeNull()
  })

  it('row 33: has a title in plain text, shortened', async () => {
    const { title } = await probeOdd('row 33: a long comment and HTML')
    expect(title).toMatch(/^My trip alert\(1\) far away far away/)
    expect(title).toHaveLength(200)
    expect(title).toMatch(/…$/)
  })
})

describe('a probe that is stopped', () => {
  let file = ''
  beforeAll(() => { file = odd('row 15: no sound') })

  it('ends with the reason', async () => {
    const abort = new AbortController()
    const probing = probeFile(tools, file, abort.signal)
    abort.abort()
    await expect(probing).rejects.toMatchObject({ name: 'AbortError' })
    await expect(probeFile(tools, file, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})
