import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { scenedex, scenedexJson, startScenedex, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('two')
const inLibrary = ['--library', path.join(folder, 'library')]

afterAll(remove)

describe.skipIf(!hasSharedMedia)('two processes on one library (skipped without the shared media)', () => {
  it('one works, the other adds to its queue and searches meanwhile', async () => {
    const first = startScenedex(['import', ...['big_buck_bunny_0_30.webm', 'issue-195-aspect-ratio.mp4', 'testvideo.mp4'].map((name) => sharedMedia('videos', name)), '--json', '--progress', ...inLibrary])
    await new Promise<void>((resolve) => {
      first.child.stderr?.on('data', (text: Buffer) => { if (text.includes('"name":"scan","state":"running"')) resolve() })
    })
    const second = await scenedex(['import', sharedMedia('videos', 'nasa_13013.mp4'), ...inLibrary])
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('Another Scenedex is at work on this library') as string })
    expect((await scenedex(['search', 'anything', ...inLibrary])).code).toBe(0)

    expect((await first.finished).code).toBe(0)
    const { videos } = await scenedexJson(calls['library.list'].output, ['library', ...inLibrary])
    expect(videos.map(({ title, state }) => [title, state])).toEqual([
      ['big_buck_bunny_0_30', 'ready'], ['issue-195-aspect-ratio', 'ready'], ['testvideo', 'ready'], ['nasa_13013', 'ready'],
    ])
  })
})
