import { cpSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchAnswer } from '../../electron/contract/search.ts'
import { SearchAnswer as Answer } from '../../electron/contract/search.ts'
import { scenedex, scenedexJson, temporaryFolder } from '../scenedex.ts'
import { sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('search-options')
const library = path.join(folder, 'library')
const inLibrary = ['--library', library]
const standin = sharedMedia('..', 'models', 'picture-text-standin')
const videos = ['nasa_13013.mp4', 'lake_test_video.mp4', 'testvideo.mp4', 'dog_barking.mp4'].map((name) => sharedMedia('videos', name))

afterAll(remove)

const ask = (...args: string[]): Promise<SearchAnswer> => scenedexJson(Answer, ['search', ...args, ...inLibrary])
const ids = ({ hits }: SearchAnswer): number[] => hits.map(({ sceneId }) => sceneId)

describe.skipIf(!existsSync(standin))('a search on the command line (skipped without the shared models)', () => {
  beforeAll(async () => {
    mkdirSync(path.join(library, 'models'), { recursive: true })
    cpSync(standin, path.join(library, 'models', path.basename(standin)), { recursive: true })
    const { code, stderr } = await scenedex(['import', ...videos, '--wait', ...inLibrary])
    expect({ code, stderr }).toMatchObject({ code: 0 })
  }, 400_000)

  it('that finds nothing good says so, shows the nearest apart, and is no failure', async () => {
    const { code, stdout } = await scenedex(['search', 'platypus', ...inLibrary])
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines.slice(0, 2)).toEqual(['Nothing good found.', 'The nearest:'])
    expect(lines[3]).toMatch(/^ {4}seen at [\d:.]+: looks like "platypus" \(/)
    expect(await ask('platypus')).toMatchObject({ nothingGood: true, hits: [], more: null })
  })

  it('goes on page by page, by number or where a page has ended, and repeats and skips nothing', async () => {
    const whole = await ask('longer:1s', '--per-video', 'all')
    expect(whole.hits.length).toBeGreaterThan(6)
    const first = await ask('longer:1s', '--per-video', 'all', '--limit', '3')
    const second = await ask('longer:1s', '--per-video', 'all', '--limit', '3', '--after', String(first.more))
    expect([...ids(first), ...ids(second)]).toEqual(ids(whole).slice(0, 6))
    expect(ids(await ask('longer:1s', '--per-video', 'all', '--limit', '3', '--page', '2'))).toEqual(ids(second))
    const beyond = await ask('telescope', '--page', '2')
    expect(beyond).toMatchObject({ hits: [], notes: ['There is only one page.'] })
    // A place of another search, or of none, is no reason to show nothing.
    for (const place of ['nonsense', String(first.more)]) {
      const answer = await ask('telescope', '--after', place)
      expect(answer.hits.length).toBe(1)
      expect(answer.notes).toEqual(['The place to go on from is not known here: this is the first page.'])
    }
  })

  it('shows as many hits of a video as it is told to', async () => {
    const counts = async (...args: string[]): Promise<number> => (await ask('seen:"mountains and a lake"', ...args)).hits.length
    expect(await counts('--per-video', '1')).toBe(1)
    expect(await counts('--per-video', 'all')).toBeGreaterThan(1)
    expect(await scenedex(['search', 'seen:"mountains and a lake"', '--per-video', '1', ...inLibrary])).toMatchObject({ code: 0, stdout: expect.stringContaining('Note: At most 1 hit of a video is shown; in:') as string })
  })

  it('leaves out what weighs nothing, and lifts what weighs more', async () => {
    const points = async (...args: string[]): Promise<Record<string, number>> => Object.fromEntries((await ask('lake', ...args)).hits[0]?.reasons.map(({ kind, score }) => [kind, score]) ?? [])
    const usual = await points()
    expect(Object.keys(usual).sort()).toEqual(['seen', 'title'])
    expect(Object.keys(await points('--weight', 'seen=0'))).toEqual(['title'])
    expect(await points('--weight', 'title=0')).toMatchObject({ seen: usual['seen'] })
    expect(await ask('lake', '--weight', 'seen=0,title=0')).toMatchObject({ hits: [], nothingGood: true })
    const more = await points('--weight', 'title=3')
    expect((more['title'] ?? 0) / (usual['title'] ?? 0)).toBeCloseTo(3, 1)
    expect(Object.keys(more)[0]).toBe('title')
  })

  it('finds the labels of its pictures by tag:, and says so of one that is none', async () => {
    const labels = (await scenedex(['tags', ...inLibrary])).stdout.trim().split('\n')
    expect(labels).toContain('lake')
    const { hits } = await ask('tag:lake')
    expect(hits[0]).toMatchObject({ title: 'lake_test_video', reasons: [{ kind: 'tag' }] })
    const unknown = await ask('tag:xqzwv')
    expect(unknown).toMatchObject({ hits: [], nothingGood: true })
    expect(unknown.notes.join(' ')).toContain('xqzwv')
  })

  it.each([
    { args: ['lake', '--weight', 'said=20'], says: 'from 0 to 10' },
    { args: ['lake', '--weight', 'colour=1'], says: 'said, meaning, seen and title' },
    { args: ['lake', '--weight', 'seen'], says: 'is not like said=2,seen=0' },
    { args: ['lake', '--per-video', '0'], says: 'is not a whole number from 1 to 1000' },
    { args: ['lake', '--per-video', 'some'], says: 'is not a whole number from 1 to 1000' },
    { args: ['lake', '--page', '0'], says: 'is not a whole number from 1 to 10000' },
    { args: ['lake', '--limit', '1.5'], says: 'is not a whole number from 1 to 1000' },
    { args: ['lake', '--like', 'scene:1'], says: 'not for both' },
    { args: [], says: 'Say what to look for.' },
    { args: ['--like', 'scene:1', '--page', '2'], says: '--like goes with --limit' },
    { args: ['--like', 'scene:1', '--weight', 'seen=2'], says: '--like goes with --limit' },
  ])('that is wrong usage ($args) says what is right, and ends with 2', async ({ args, says }) => {
    const { code, stderr } = await scenedex(['search', ...args, ...inLibrary])
    expect(stderr).toContain(says)
    expect(code).toBe(2)
  })
})
