import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WrittenMode } from '../../electron/contract/export-choices.ts'
import type { ExportedFile } from '../../electron/contract/exports.ts'
import { ffmpeg, mediaFolder } from '../fixtures/make-media.ts'
import { usualSpec } from '../fixtures/numbered-video-spec.ts'
import { combinations } from '../fixtures/numbered-video-combinations.ts'
import { seeded } from '../fixtures/seeded.ts'
import type { Asked } from '../soak/export-matrix/asked.ts'
import { askedOf, randomSpans } from '../soak/export-matrix/asked.ts'
import { judge } from '../soak/export-matrix/judge.ts'
import { runMatrix } from '../soak/export-matrix/run.ts'
import type { Source } from '../soak/export-matrix/source.ts'
import { makeSource } from '../soak/export-matrix/source.ts'

const { folder, remove } = mediaFolder('numbered')
afterAll(remove)

// `npm run soak -- export-matrix` does all of them, each with more clips.
const some = [
  'h264 25 open B mov none edit list', 'h264 29.97 closed no B ts aac 10 bit', 'h264 vfr open B mkv two plain', 'hevc 24 open B ts late plain', 'vp9 30 closed B mp4 mp3 turned 180', 'mpeg2 30 open B mp4 two turned 90',
]

/** Smart cutting has the most that can go wrong. */
const clipsOfEach: Record<WrittenMode, number> = { exact: 1, smart: 2, copy: 1 }

describe.for(combinations.filter(({ name }) => some.includes(name)))('clips of a video that is $name', (combination) => {
  it('hold the pictures asked for and no other, at their times, with their sound, however they are made', async ({ skip }) => {
    const source = await makeSource({ ...combination, spec: { ...combination.spec, seconds: 3 } }, folder).catch((error: unknown) => {
      skip(String(error).includes('Unknown encoder'), 'this ffmpeg can not make such a video')
      throw error
    })
    for (const mode of WrittenMode.options) {
      const { files, wrong, refused } = await runMatrix({ source, mode, pairs: clipsOfEach[mode], folder: mkdtempSync(path.join(folder, 'clips-')) })
      expect(wrong, mode).toEqual([])
      // What can not be copied is not written in another way; everything else is.
      expect(files + (mode === 'copy' ? refused.length : 0), mode).toBe(clipsOfEach[mode])
    }
  })
})

describe('what reads the clips', () => {
  let source: Source
  let asked: Asked
  beforeAll(async () => {
    source = await makeSource({ name: 'judged', spec: { ...usualSpec, rate: '30', seconds: 3 } }, folder)
    const found = askedOf(source, { start: 1, end: 2 })
    if (found === null) throw new Error('a picture lies too near')
    asked = found
  })

  /** What is said of a clip of pictures 30 to 59 that was cut with these filters. */
  const judged = async (pictures: string, sound: string | null = 'atrim=1:2'): Promise<string[]> => {
    const hearing = sound === null ? ['-an'] : ['-af', `${sound},asetpts=N/SR/TB`]
    const target = ffmpeg(['-i', `file:${source.file}`, '-vf', `${pictures},setpts=PTS-STARTPTS`, ...hearing, '-fps_mode', 'passthrough', '-enc_time_base:v', '1:30000', '-preset', 'ultrafast'], path.join(folder, 'clip.mp4'))
    const file: ExportedFile = {
      path: target, mode: 'exact', why: '', start: 1, end: 2, duration: 1, sidecars: [], notes: [], parts: [],
      verified: { frames: 0, expectedFrames: 0, firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true, audioOffset: 0, checks: [] },
    }
    return (await judge({ source, asked, file })).wrong
  }
  const right = 'trim=start_frame=30:end_frame=60'

  it('finds nothing wrong with a clip that is right', async () => {
    expect(await judged(right)).toEqual([])
  })

  it('sees one picture too early, too late, too many, missing, and out of time', async () => {
    expect((await judged('trim=start_frame=29:end_frame=59', 'atrim=0.9667:1.9667'))[0]).toBe('pictures 29 to 58 instead of 30 to 59')
    expect((await judged('trim=start_frame=31:end_frame=61', 'atrim=1.0333:2.0333'))[0]).toBe('pictures 31 to 60 instead of 30 to 59')
    expect((await judged('trim=start_frame=30:end_frame=61'))[0]).toBe('pictures 30 to 60 instead of 30 to 59')
    expect((await judged(`${right},select='not(eq(n,4))'`))[0]).toMatch(/^pictures 30 31 32 33 35 .* instead of 30 to 59$/)
    expect(await judged(`settb=1/30000,${right},setpts=PTS+eq(N\\,4)*0.01/TB`)).toEqual(['a picture is 10.0 ms late'])
  })

  it('sees sound that is off by more than a picture, missing, or from elsewhere', async () => {
    expect(await judged(right, 'atrim=0.95:1.95')).toEqual(['beep 3 is 50 ms off', 'beep 4 is 50 ms off'])
    expect(await judged(right, 'atrim=0.2:1.2')).toEqual(['beep 3 is missing', 'beep 4 is missing', 'beep 1 is from elsewhere', 'beep 2 is from elsewhere'])
    expect(await judged(right, null)).toEqual(['its sound is missing'])
  })

  it('sees a picture that is turned, mirrored, blended or squeezed', async () => {
    for (const filter of ['hflip', 'vflip', 'transpose=clock', 'tmix']) expect((await judged(`${right},${filter}`))[0], filter).toContain('? ? ?')
    expect(await judged(`${right},scale=iw/2:ih,setsar=1`)).toEqual(['it is shown 0.889 wide by 1 instead of 1.778'])
  })
})

it('random spans are always the same for a video', async () => {
  const source = await makeSource({ name: 'same', spec: { ...usualSpec, seconds: 1 } }, folder)
  expect(randomSpans(source, 5, seeded(1))).toEqual(randomSpans(source, 5, seeded(1)))
})
