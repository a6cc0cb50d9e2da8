import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { scenedex, scenedexJson, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('subtitles')
const inLibrary = ['--library', path.join(folder, 'library')]
const video = path.join(folder, 'bunny.webm')
const subtitles = path.join(folder, 'bunny.en.srt')

afterAll(remove)

async function importAndSearch(query: string): Promise<number> {
  expect((await scenedex(['import', video, ...inLibrary])).code).toBe(0)
  return (await scenedexJson(calls['search.query'].output, ['search', query, ...inLibrary])).hits.length
}

describe.skipIf(!hasSharedMedia)('subtitles beside a video that is in the library (skipped without the shared media)', () => {
  it('are read when they come, again when they change, and forgotten when they go, each time the video is imported', async () => {
    copyFileSync(sharedMedia('videos', 'big_buck_bunny_0_30.webm'), video)
    expect(await importAndSearch('kangaroo')).toBe(0)
    writeFileSync(subtitles, '1\n00:00:02,000 --> 00:00:05,000\nA kangaroo hops by.\n')
    expect(await importAndSearch('kangaroo')).toBe(1)
    writeFileSync(subtitles, '1\n00:00:02,000 --> 00:00:05,000\nA wallaby hops by.\n')
    expect(await importAndSearch('wallaby')).toBe(1)
    expect(await importAndSearch('kangaroo')).toBe(0)
    rmSync(subtitles)
    expect(await importAndSearch('wallaby')).toBe(0)
  })
})
