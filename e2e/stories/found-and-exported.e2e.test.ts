import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { scenedex, scenedexJson, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia, sharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('story')
const library = path.join(folder, 'library')
const inLibrary = ['--library', library]
const nasa = sharedMedia('videos', 'nasa_13013.mp4')

afterAll(remove)

describe.skipIf(!hasSharedMedia)('a person with a narrated film (skipped without the shared media)', () => {
  beforeAll(async () => {
    const { code, stderr } = await scenedex(['import', nasa, ...inLibrary])
    expect({ code, stderr }).toMatchObject({ code: 0 })
  })

  it('finds what is said by a few words, with the reason and its second', async () => {
    const { hits } = await scenedexJson(calls['search.query'].output, ['search', 'space', '--explain', ...inLibrary])
    expect(hits.length).toBeGreaterThan(0)
    expect(hits[0]).toMatchObject({ path: nasa, title: 'nasa_13013' })
    expect(hits[0]?.reasons[0]?.kind).toBe('said')
    expect(hits[0]?.reasons[0]?.text.toLowerCase()).toContain('«space')
  })

  it('is told when nothing is good', async () => {
    const answer = await scenedexJson(calls['search.query'].output, ['search', 'accordion festival', ...inLibrary])
    expect(answer).toMatchObject({ nothingGood: true, hits: [] })
  })

  it('exports the scene that was found, and gets exactly its frames', async () => {
    const { hits: [hit] } = await scenedexJson(calls['search.query'].output, ['search', 'space', ...inLibrary])
    const out = path.join(folder, 'clips')
    const report = await scenedexJson(calls['export.clips'].output, ['export', '--scene', String(hit?.sceneId), '--out', out, ...inLibrary])
    const [file] = report.files
    expect(report.failed).toEqual([])
    expect(file?.verified).toMatchObject({ firstFrameMatches: true, lastFrameMatches: true, decodedToTheEnd: true })
    const counted = execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', file?.path ?? ''], { encoding: 'utf8' })
    expect(Number(counted.replace(/\D/g, ''))).toBe(file?.verified.expectedFrames)
  })

  it('exports it again beside the first, never over it', async () => {
    const out = path.join(folder, 'twice')
    for (let time = 0; time < 2; time++) await scenedexJson(calls['export.clips'].output, ['export', '--clip', 'nasa_13013', '1', '2', '--out', out, ...inLibrary])
    const names = readdirSync(out)
    expect(names).toHaveLength(2)
    expect(names.some((name) => name.includes(' (2)'))).toBe(true)
  })

  it('is told by the exit code what went wrong with an export', async () => {
    const out = ['--out', path.join(folder, 'wrong'), ...inLibrary]
    expect((await scenedex(['export', '--scene', '999', ...out])).code).toBe(2)
    expect((await scenedex(['export', '--clip', 'nasa', '5', '2', ...out])).code).toBe(2)
    expect((await scenedex(['export', '--scene', '1', '999', ...out])).code).toBe(3)
  })

  it('is told that a paused queue does nothing, and goes on when told to', async () => {
    const paused = ['--library', path.join(folder, 'paused')]
    await scenedex(['jobs', 'pause', ...paused])
    const { code, stdout } = await scenedex(['import', nasa, ...paused])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 added.\nThe queue is paused. Go on with: scenedex jobs resume\n' })
    expect((await scenedex(['jobs', 'resume', ...paused])).code).toBe(0)
    const { videos } = await scenedexJson(calls['library.list'].output, ['library', ...paused])
    expect(videos.map(({ state }) => state)).toEqual(['ready'])
  })

  it('imports the same file again without a second entry', async () => {
    const report = await scenedexJson(calls['library.import'].output, ['import', nasa, ...inLibrary])
    expect(report).toMatchObject({ added: [], known: [{ path: nasa }] })
    const { videos } = await scenedexJson(calls['library.list'].output, ['library', ...inLibrary])
    expect(videos.map(({ state }) => state)).toEqual(['ready'])
  })

  it('removes it from the library and keeps the file', async () => {
    const { removed } = await scenedexJson(calls['library.remove'].output, ['remove', 'nasa', ...inLibrary])
    expect(removed.path).toBe(nasa)
    const { videos } = await scenedexJson(calls['library.list'].output, ['library', ...inLibrary])
    expect(videos).toEqual([])
    expect(readdirSync(path.join(library, 'artifacts'))).toEqual([])
    const search = await scenedexJson(calls['search.query'].output, ['search', 'space', ...inLibrary])
    expect(search.hits).toEqual([])
  })
})
