import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { scenedex, scenedexJson, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('first-look')
const inLibrary = ['--library', path.join(folder, 'library')]

afterAll(remove)

describe.skipIf(!hasSharedMedia)('a first look (skipped without the shared media)', () => {
  it('gives scenes of the whole length at once, and every cut later when it is told to go on', async () => {
    // Long enough that the full scan is not over by the time the first look is told of.
    const video = path.join(folder, 'bunnies.webm')
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-stream_loop', '7', '-i', sharedMedia('videos', 'big_buck_bunny_0_30.webm'), '-map', '0', '-c', 'copy', video])
    const first = await scenedex(['import', '--fast', video, ...inLibrary])
    expect(first.code).toBe(0)
    expect(first.stdout).toContain('This was a first look.')
    const quick = await scenedexJson(calls['library.scenes'].output, ['scenes', 'bunnies', ...inLibrary])
    expect(quick.video).toMatchObject({ state: 'ready', badges: ['FIRST_LOOK'] })
    expect(quick.video.duration).toBeCloseTo(240, 0)
    expect(quick.scenes.at(-1)?.end).toBeCloseTo(240, 0)

    expect((await scenedex(['jobs', 'resume', ...inLibrary])).code).toBe(0)
    const full = await scenedexJson(calls['library.scenes'].output, ['scenes', 'bunnies', ...inLibrary])
    expect(full.video).toMatchObject({ state: 'ready', badges: [] })
    const cuts = full.shots.map(({ start }) => start).filter((start) => start < 30)
    expect(cuts.map((start) => Number(start.toFixed(1)))).toEqual([0, 11.8, 15.7, 23])
    // The scenes of the first look are replaced, not added to.
    expect(full.scenes.some(({ id }) => quick.scenes.some((scene) => scene.id === id))).toBe(false)
  })
})
