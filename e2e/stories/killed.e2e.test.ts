import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seeded } from '../fixtures/seeded.ts'
import { importWithKills, libraryContent, makeLongVideos } from '../kill-import.ts'
import { scenedex, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('killed')
afterAll(remove)

describe.skipIf(!hasSharedMedia)('an import of five videos that is killed 20 times (skipped without the shared media)', () => {
  let videos: string[] = []
  beforeAll(() => { videos = makeLongVideos(folder) })

  it('ends as one that was never killed: same scenes, same text, no doubles, no stored chunk computed again', { timeout: 400_000 }, async () => {
    const [calm, killed] = [path.join(folder, 'calm'), path.join(folder, 'killed')]
    expect((await scenedex(['import', ...videos, '--library', calm])).code).toBe(0)

    const report = await importWithKills(videos, killed, { kills: 20, random: seeded(20261121) })
    // A fast machine may be through before the last ones.
    expect(report.killsInWork).toBeGreaterThanOrEqual(10)
    const [expected, actual] = [libraryContent(calm), libraryContent(killed)]
    for (const part of Object.keys(expected)) expect(actual[part], part).toEqual(expected[part])
    expect(expected['scenes']?.length).toBeGreaterThan(50)
  })
})
