import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { makeLongVideo } from '../kill-import.ts'
import type { Started } from '../scenedex.ts'
import { scenedex, scenedexJson, startScenedex, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('two')
const inLibrary = ['--library', path.join(folder, 'library')]

afterAll(remove)

/** Resolves once the program has said so on stderr; a program that ends before has something else to say. */
async function untilItSays({ child, finished }: Started, wanted: RegExp): Promise<void> {
  let said = ''
  const heard = new Promise<void>((resolve) => {
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString()
      if (wanted.test(said)) resolve()
    })
  })
  const ended = finished.then(({ code, stdout, stderr }) => { throw new Error(`It ended with ${String(code)} and never said ${String(wanted)}: ${stdout} ${stderr}`) })
  await Promise.race([heard, ended])
}

describe.skipIf(!hasSharedMedia)('two processes on one library (skipped without the shared media)', () => {
  it('one works, the other adds to its queue and searches meanwhile', async () => {
    const first = startScenedex(['import', ...['big_buck_bunny_0_30.webm', 'issue-195-aspect-ratio.mp4', 'testvideo.mp4'].map((name) => sharedMedia('videos', name)), '--json', '--progress', ...inLibrary])
    await untilItSays(first, /"name":"scan","state":"running"/)
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
    // Long enough that its scan tells of itself several times before it is over.
    const file = makeLongVideo(folder, 'nasa_13013.mp4', 20)
    const first = startScenedex(['import', file, '--wait', '--json', '--progress', ...library])
    await untilItSays(first, /"name":"scan","state":"running","progress":(0\.|[1-9.]+e-)[0-9]*[1-9]/)
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
