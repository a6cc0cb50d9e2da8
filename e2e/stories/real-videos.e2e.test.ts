import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { calls } from '../../electron/contract/calls.ts'
import { scenedex, scenedexJson, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('real')
const library = path.join(folder, 'library')
const inLibrary = ['--library', library]
const videosFolder = sharedMedia('videos')

afterAll(remove)

describe.skipIf(!hasSharedMedia)('all real videos of the shared media (skipped where they are not)', () => {
  let videos: z.output<typeof calls['library.list']['output']>['videos'] = []
  beforeAll(async () => {
    const { code, stderr } = await scenedex(['import', videosFolder, ...inLibrary])
    expect({ code, stderr }).toMatchObject({ code: 0 })
    videos = (await scenedexJson(calls['library.list'].output, ['library', ...inLibrary])).videos
  }, 400_000)

  it('are found in the folder and below it, every one', () => {
    const expected = readdirSync(videosFolder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(mp4|mkv|webm|mpg)$/.test(name))
    expect(videos.map(({ path: file }) => path.relative(videosFolder, file)).sort()).toEqual(expected.sort())
  })

  it('each end ready', () => {
    expect(videos.filter(({ state }) => state !== 'ready').map(({ title, state, error }) => ({ title, state, error }))).toEqual([])
  })

  it('each have scenes that follow each other without a gap, each with a key frame', async () => {
    for (const { id, title, duration } of videos) {
      const { scenes } = await scenedexJson(calls['library.scenes'].output, ['scenes', String(id), ...inLibrary])
      expect(scenes.length, title).toBeGreaterThan(0)
      for (const [index, scene] of scenes.entries()) {
        expect(scene.end, title).toBeGreaterThan(scene.start)
        expect(scene.keyframe, title).not.toBeNull()
        if (index > 0) expect(scene.start, title).toBeCloseTo(scenes[index - 1]?.end ?? 0, 3)
      }
      expect(scenes.at(-1)?.end ?? 0, title).toBeCloseTo(duration ?? 0, 1)
    }
  })

  it('show their progress line by line when nobody looks at a terminal', async () => {
    const { stdout, stderr } = await scenedex(['import', path.join(videosFolder, 'nasa_13013.mp4'), '--library', path.join(folder, 'piped')])
    expect(stderr).toContain(`ready    ${path.join(videosFolder, 'nasa_13013.mp4')}`)
    expect(stderr).not.toContain('\u001b')
    expect(stdout.trim()).toBe('1 added.')
  })
})
