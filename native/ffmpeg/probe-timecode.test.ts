import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ffmpeg, H264, mediaFolder } from '../../e2e/fixtures/make-media.ts'
import type { MediaFacts } from '../../electron/core/facts.ts'
import { locateTools } from './locate.ts'
import { probeFile } from './probe.ts'

const { folder, remove } = mediaFolder('timecode')
afterAll(remove)

async function factsOf(name: string, { rate, timecode }: { rate: string, timecode: string | null }): Promise<MediaFacts> {
  const given = timecode === null ? [] : ['-timecode', timecode]
  const file = ffmpeg(['-f', 'lavfi', '-i', `testsrc2=size=64x36:rate=${rate}:duration=0.2`, ...H264, ...given], path.join(folder, name))
  return probeFile(locateTools(), file, new AbortController().signal)
}

describe('a video with timecode', () => {
  it('says that of its first picture, with names dropped or not, and the exact grid of its pictures', async () => {
    expect(await factsOf('drop.mov', { rate: '30000/1001', timecode: '01:02:03;04' })).toMatchObject({ timecode: '01:02:03;04', picture: { gridRate: { num: 30_000, den: 1001 } } })
    expect(await factsOf('film.mp4', { rate: '24000/1001', timecode: '10:00:00:23' })).toMatchObject({ timecode: '10:00:00:23', picture: { gridRate: { num: 24_000, den: 1001 } } })
    expect(await factsOf('pal.mkv', { rate: '25', timecode: '09:59:59:24' })).toMatchObject({ timecode: '09:59:59:24' })
  })

  it('that has none says nothing', async () => {
    expect(await factsOf('none.mp4', { rate: '25', timecode: null })).not.toHaveProperty('timecode')
  })
})
