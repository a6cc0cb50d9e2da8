import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { makeLongVideos } from '../kill-import.ts'
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

  it.skipIf(process.platform === 'win32')('one is in the middle of a video, the other finds what is stored of it so far (skipped on Windows, which stops no process)', async () => {
    const library = ['--library', path.join(folder, 'another')]
    const [file = ''] = makeLongVideos(folder)
    const first = startScenedex(['import', file, '--wait', '--json', '--progress', ...library])
    await new Promise<void>((resolve) => {
      first.child.stderr?.on('data', (text: Buffer) => { if (/"name":"scan","state":"running","progress":0\.[0-9]*[1-9]/.test(text.toString())) resolve() })
    })
    // Now it can not hurry to its end.
    first.child.kill('SIGSTOP')
    const found = await scenedexJson(calls['search.query'].output, ['search', 'longer:0s', ...library])
    const { videos: [video] } = await scenedexJson(calls['library.list'].output, ['library', ...library])
    expect(video?.state).toBe('processing')
    expect(found.hits.map(({ title }) => title)).toContain('nasa_13013')
    expect(found.hits.every(({ end }) => end < (video?.duration ?? 0))).toBe(true)
    first.child.kill('SIGCONT')
    expect((await first.finished).code).toBe(0)
  })
})
