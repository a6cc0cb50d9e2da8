import { truncateSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { VideoId } from '../../../contract/ids.ts'
import type { Span } from '../../../contract/player.ts'
import { probeFile } from '../../../../native/ffmpeg/probe.ts'
import { createTestMedia } from '../../../../native/ffmpeg/scan/test-media.ts'
import type { MediaFacts } from '../../facts.ts'
import { ptsToSeconds } from '../../facts.ts'
import { silencesHeard } from '../../player/silences.ts'
import type { EndRow, Row, SceneRow, ShotRow, SilenceRow } from '../rows.ts'
import type { Chunk } from '../stage.ts'
import { scanStage } from './scan.ts'
import { hasSharedVideos, scanTools, SHARED_VIDEOS } from './test-scan-tools.ts'

const media = createTestMedia()
const { tools, make } = media
afterAll(() => media.remove())

const never = new AbortController().signal
const X264 = '-c:v libx264 -preset ultrafast -pix_fmt yuv420p'

interface Options { from?: string, isFirstLook?: boolean, signal?: AbortSignal }

async function* chunksOf(file: string, options: Options = {}): AsyncGenerator<Chunk> {
  const facts = await probeFile(tools, file, never)
  const input = { id: VideoId.parse(1), path: file, media: facts, resumeFrom: options.from ?? null, isFirstLook: options.isFirstLook ?? false }
  yield* scanStage.run(input, scanTools(tools), options.signal ?? never)
}

const chunks = async (file: string, options: Options = {}): Promise<Chunk[]> => Array.fromAsync(chunksOf(file, options))
const rowsOf = (list: Chunk[]): Row[] => list.flatMap(({ rows }) => rows)
const shots = (rows: Row[]): ShotRow[] => rows.filter((row) => row.kind === 'shot')
const scenes = (rows: Row[]): SceneRow[] => rows.filter((row) => row.kind === 'scene')
const silences = (rows: Row[]): SilenceRow[] => rows.filter((row) => row.kind === 'silence')
const end = (rows: Row[]): EndRow | undefined => rows.find((row) => row.kind === 'end')

/** Sound is measured per tenth of a second. */
function expectSpans(spans: Span[], expected: [start: number, end: number][]): void {
  expect(spans).toHaveLength(expected.length)
  for (const [at, [start, stop]] of expected.entries()) {
    expect(Math.abs(spans[at]!.start - start)).toBeLessThan(0.16)
    expect(Math.abs(spans[at]!.end - stop)).toBeLessThan(0.16)
  }
}

async function scan(file: string, options: Options = {}): Promise<{ facts: MediaFacts, rows: Row[], seconds(pts: number): number }> {
  const facts = await probeFile(tools, file, never)
  return { facts, rows: rowsOf(await chunks(file, options)), seconds: (pts) => Math.round(ptsToSeconds(facts.picture, pts) * 1000) / 1000 }
}

describe.skipIf(!hasSharedVideos)('real videos (needs ../shared/media)', () => {
  const video = (name: string): string => path.join(SHARED_VIDEOS, name)

  it('the hand-checked cuts of issue-195-aspect-ratio.mp4 are the shots, at exact pts', async () => {
    const { rows } = await scan(video('issue-195-aspect-ratio.mp4'))
    expect(shots(rows).map(({ startPts, transition }) => [startPts / 512, transition])).toEqual([
      [0, 'start'], [70, 'cut'], [170, 'cut'], [301, 'cut'], [421, 'cut'], [484, 'cut'],
    ])
    expect(end(rows)).toEqual({ kind: 'end', endPts: 628 * 512, frames: 628, isTruncated: false, isDamaged: false })
  })

  it('scenes and shots follow one another without a gap from the first picture to the end', async () => {
    for (const name of ['testvideo.mp4', 'big_buck_bunny_0_30.webm', 'lake_test_video.mp4']) {
      const { rows, facts } = await scan(video(name))
      for (const list of [shots(rows), scenes(rows)]) {
        expect(list[0]?.startPts).toBe(facts.picture.startPts)
        expect(list.at(-1)?.endPts).toBe(end(rows)?.endPts)
        expect(list.slice(1).every(({ startPts }, at) => startPts === list[at]?.endPts)).toBe(true)
      }
    }
  })

  it('every key frame lies in its scene and is a bright enough webp in the shape that is shown', async () => {
    const { rows } = await scan(video('issue-195-aspect-ratio.mp4'))
    for (const { keyframe, startPts, endPts } of scenes(rows)) {
      expect(keyframe!.pts).toBeGreaterThanOrEqual(startPts)
      expect(keyframe!.pts).toBeLessThan(endPts)
      const picture = sharp(keyframe!.webp)
      expect(await picture.metadata()).toMatchObject({ format: 'webp', width: 512, height: 288 })
      expect((await picture.stats()).entropy).toBeGreaterThan(5)
    }
  })

  it('a scene that shows other things as it goes on has more pictures than its key frame, one that shows the same has not', async () => {
    const pictures = async (name: string): Promise<number[][]> => {
      const { rows, seconds } = await scan(video(name))
      return scenes(rows).map(({ keyframe, frames = [] }) => [keyframe!, ...frames].map(({ pts }) => seconds(pts)).sort((a, b) => a - b))
    }
    const [baseball, walk, yoga, guitar] = [await pictures('hitting_baseball.mp4'), await pictures('moviepy_long_example.mp4'), await pictures('yoga.mp4'), await pictures('playing_guitar.mp4')]
    expect([baseball, walk, yoga, guitar].map((found) => found.map(({ length }) => length))).toEqual([[3], [5], [1], [1]])
    const apart = (walk[0] ?? []).slice(1).map((at, index) => at - (walk[0]?.[index] ?? 0))
    expect(Math.min(...apart)).toBeGreaterThan(1.4)
  })

  it('the pauses between the sentences of nasa_13013.mp4 are silences; the music of chaplin.mp4 and a first look have none', async () => {
    const { rows, facts } = await scan(video('nasa_13013.mp4'))
    // the captions begin at 0.2 s, 4.3 s, 8.4 s and 12.5 s
    const heard = silencesHeard(silences(rows), facts.picture, 13)
    expectSpans(heard, [[0, 0.7], [4.7, 5.1], [8, 8.5], [11.9, 13]])
    const music = await scan(video('chaplin.mp4'))
    expect(silencesHeard(silences(music.rows), music.facts.picture, null)).toEqual([])
    expect(silences((await scan(video('nasa_13013.mp4'), { isFirstLook: true })).rows)).toEqual([])
  })

  it('a first look finds the scenes of nasa_13013.mp4 to the end it claims', async () => {
    const { rows, seconds } = await scan(video('nasa_13013.mp4'), { isFirstLook: true })
    expect(scenes(rows).every(({ keyframe, frames }) => keyframe !== null && frames === undefined)).toBe(true)
    expect(seconds(end(rows)!.endPts)).toBeCloseTo(13, 0)
  })
})

describe('a scan that was stopped', () => {
  // 90 s: cuts, a fade, a dissolve-free long shot of 50 s with sound that pauses at 25 s and 40 s
  const film = (name: string, sound: string): string => make(name, [
    '-f lavfi -i testsrc=r=25:s=320x180:d=14', '-f lavfi -i mandelbrot=r=25:s=320x180:maxiter=200', '-f lavfi -i testsrc2=r=25:s=320x180:d=50',
    `-f lavfi -i anoisesrc=r=44100:a=0.3:d=90:seed=5`,
    "-filter_complex [1]trim=duration=22,fade=in:st=0:d=0.8[m];[2]split=3[x][y][z];[x]trim=end=1,hue=h=120,setpts=PTS-STARTPTS[s1];[y]trim=end=1.2,negate,setpts=PTS-STARTPTS[s2];[0][m][s1][s2][z]concat=n=5,settb=1/12800[v];[3]volume='0.02+0.98*lt(mod(t\\,15)\\,14)':eval=frame[a]",
    `-map [v] -map [a] ${X264} -g 60 ${sound} -t 88`,
  ].join(' '))

  it.each([['film.mp4', '-c:a aac'], ['film.mkv', '-c:a libopus']])('goes on after any chunk of %s and gives the same rows', async (name, sound) => {
    const file = film(name, sound)
    const undisturbed = await chunks(file)
    expect(undisturbed.length).toBeGreaterThan(2)
    for (const [at, { position }] of undisturbed.slice(0, -1).entries()) {
      const rest = await chunks(file, { from: position })
      expect(rowsOf([...undisturbed.slice(0, at + 1), ...rest])).toEqual(rowsOf(undisturbed))
    }
    const lengths = scenes(rowsOf(undisturbed)).map(({ startPts, endPts }) => endPts - startPts)
    expect(lengths.length).toBeGreaterThan(4)
    expect(silences(rowsOf(undisturbed)).length).toBeGreaterThan(4)
  })

  it('goes on within a silence, one in a loud room and one longer than what is around it', async () => {
    const file = make('silences.mp4', [
      '-f lavfi -i testsrc=r=25:s=160x90:d=22', '-f lavfi -i testsrc2=r=25:s=160x90:d=22', '-f lavfi -i mandelbrot=r=25:s=160x90:maxiter=100',
      '-f lavfi -i anoisesrc=r=44100:a=0.3:d=66:seed=5',
      "-filter_complex [2]trim=duration=22[m];[0][1][m]concat=n=3,settb=1/12800[v];[3]volume='if(between(t\\,20\\,26)\\,0.1\\,if(between(t\\,30\\,60)\\,0.02\\,1))':eval=frame[a]",
      `-map [v] -map [a] ${X264} -g 60 -c:a aac -t 66`,
    ].join(' '))
    const undisturbed = await chunks(file)
    const { facts } = await scan(file)
    expectSpans(silencesHeard(silences(rowsOf(undisturbed)), facts.picture, 66), [[20, 26], [30, 60]])
    const ends = undisturbed.map(({ replaces }) => ptsToSeconds(facts.picture, replaces!.to))
    expect([ends.some((at) => at > 21 && at < 25), ends.some((at) => at > 41 && at < 59)]).toEqual([true, true])
    for (const [at, { position }] of undisturbed.slice(0, -1).entries()) {
      const rest = await chunks(file, { from: position })
      expect(rowsOf([...undisturbed.slice(0, at + 1), ...rest])).toEqual(rowsOf(undisturbed))
    }
  })

  it('replaces everything, in spans that touch', async () => {
    const list = await chunks(film('spans.mp4', '-c:a aac'))
    expect(list[0]?.replaces?.from).toBe(Number.MIN_SAFE_INTEGER)
    expect(list.at(-1)?.replaces?.to).toBe(Number.MAX_SAFE_INTEGER)
    expect(list.slice(1).every(({ replaces }, at) => replaces?.from === list[at]?.replaces?.to)).toBe(true)
    expect(list.map(({ progress }) => progress)).toEqual(list.map(({ progress }) => progress).toSorted((a, b) => a - b))
    expect(list.at(-1)?.progress).toBe(1)
    expect(await chunks(path.join(media.folder, 'spans.mp4'), { from: list.at(-1)!.position })).toEqual([])
  })

  it('by its signal ends at once, and what was given is right', async () => {
    const file = film('aborted.mp4', '-c:a aac')
    const stop = new AbortController()
    const seen: Chunk[] = []
    const work = async (): Promise<void> => {
      for await (const chunk of chunksOf(file, { signal: stop.signal })) {
        seen.push(chunk)
        stop.abort()
      }
    }
    await expect(work()).rejects.toMatchObject({ name: 'AbortError' })
    const rest = await chunks(file, { from: seen[0]!.position })
    expect(rowsOf([...seen, ...rest])).toEqual(rowsOf(await chunks(file)))
  })
})

describe('odd videos', () => {
  it('one still picture for 10 s is one scene', async () => {
    const { rows, seconds } = await scan(make('still.mp4', `-f lavfi -i color=teal:s=160x90:r=25:d=10 ${X264}`))
    expect(shots(rows)).toHaveLength(1)
    expect(scenes(rows).map(({ startPts, endPts, colours, motion }) => ({ start: seconds(startPts), end: seconds(endPts), colours: colours.map(({ name }) => name), motion })))
      .toEqual([{ start: 0, end: 10, colours: ['teal'], motion: 0 }])
  })

  it('one picture of 0.04 s is one scene with that key frame', async () => {
    const { rows, seconds } = await scan(make('one.mp4', `-f lavfi -i testsrc=s=160x90:r=25:d=0.04 ${X264}`))
    expect(scenes(rows).map(({ startPts, endPts, keyframe }) => [seconds(startPts), seconds(endPts), keyframe?.pts])).toEqual([[0, 0.04, 0]])
    expect(end(rows)).toMatchObject({ frames: 1, isTruncated: false, isDamaged: false })
  })

  it('a shot of 50 s is split where the sound pauses', async () => {
    const file = make('talk.mp4', `-f lavfi -i testsrc=s=160x90:r=25:d=50 -f lavfi -i anoisesrc=r=16000:a=0.3:d=50 -af volume='if(between(t\\,17.5\\,18.5)+between(t\\,33.6\\,34.4)\\,0\\,1)':eval=frame ${X264} -c:a aac`)
    const { rows, seconds, facts } = await scan(file)
    const starts = scenes(rows).map(({ startPts }) => seconds(startPts))
    expect(shots(rows)).toHaveLength(1)
    expect(starts).toHaveLength(3)
    expect(starts[1]).toBeGreaterThan(17.4)
    expect(starts[1]).toBeLessThan(18.6)
    expect(starts[2]).toBeGreaterThan(33.5)
    expect(starts[2]).toBeLessThan(34.5)
    // stored in pieces, since a scene ends in each
    const heard = silencesHeard(silences(rows), facts.picture, 50)
    expect(silences(rows).length).toBeGreaterThan(heard.length)
    expectSpans(heard, [[17.5, 18.5], [33.6, 34.4]])
  })

  it.each([['cut.mkv', ''], ['cut.mp4', '-movflags +faststart']])('%s that is cut short ends where it really ends, and says so', async (name, flags) => {
    const file = make(name, `-f lavfi -i testsrc=r=25:s=320x180:d=20 -f lavfi -i sine=d=20 ${X264} -c:a aac ${flags}`.trim())
    truncateSync(file, Math.floor(statSync(file).size / 2))
    const { rows, seconds } = await scan(file)
    expect(end(rows)?.isTruncated).toBe(true)
    expect(seconds(end(rows)!.endPts)).toBeGreaterThan(4)
    expect(seconds(end(rows)!.endPts)).toBeLessThan(17)
  })

  it.each([['longer', 14], ['shorter', 6]])('sound that is %s than the picture is no reason to call it cut short', async (_name, length) => {
    const { rows } = await scan(make('uneven.mkv', `-f lavfi -i testsrc=r=25:s=160x90:d=10 -f lavfi -i sine=d=${length} ${X264} -c:a aac`))
    expect(end(rows)?.isTruncated).toBe(false)
  })
})
