import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
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

  it('sees beforehand what would be written, and nothing is', async () => {
    const args = ['--clip', 'nasa_13013', '1', '2', '--clip', 'nasa_13013', '3', '4.5', '--mode', 'exact', '--name-template', '{n} {query} {video} {start}', ...inLibrary]
    const plan = await scenedexJson(calls['export.plan'].output, ['export', '--plan', '--out', path.join(folder, 'planned'), ...args])
    expect(plan.clips.map(({ fileName, mode, frames }) => [fileName, mode, frames])).toEqual([['01 nasa_13013 0m01.001s.mp4', 'exact', 30], ['02 nasa_13013 0m03.003s.mp4', 'exact', 45]])
    const { stdout } = await scenedex(['export', '--plan', ...args])
    expect(stdout).toContain('Nothing was written.')
    expect(existsSync(path.join(folder, 'planned'))).toBe(false)
  })

  it('gets the hits of a search as one reel, with a chapter for each', async () => {
    const out = path.join(folder, 'reels')
    const report = await scenedexJson(calls['export.clips'].output, ['export', '--search', 'space', '--limit', '2', '--reel', 'Best: of', '--crf', '40', '--preset', 'ultrafast', '--out', out, ...inLibrary])
    expect(report.failed).toEqual([])
    expect(readdirSync(out)).toEqual(['Best of.mp4'])
    expect(report.files[0]?.parts.map(({ clip }) => [clip.query, clip.note?.includes('said: ')])).toEqual([['space', true], ['space', true]])
    const chapters = execFileSync('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'csv=p=0', path.join(out, 'Best of.mp4')], { encoding: 'utf8' })
    expect(chapters.trim().split('\n')).toHaveLength(2)
  })

  it('hands them over to an editor, with why each was found', async () => {
    const out = path.join(folder, 'lists')
    for (const format of ['edl', 'fcpxml']) {
      const { paths, clips, frames } = await scenedexJson(calls['export.timeline'].output, ['timeline', '--format', format, '--search', 'space', '--limit', '2', '--name', 'Space', '--out', out, ...inLibrary])
      expect([paths, clips, frames > 60]).toEqual([[path.join(out, `Space.${format}`)], 2, true])
    }
    const edl = readFileSync(path.join(out, 'Space.edl'), 'utf8')
    expect(edl).toContain('FCM: DROP FRAME')
    expect(edl).toMatch(/^001 {2}NASA1301 AA\/V {2}C {8}00:00:00;00 \S+ 01:00:00;00 \S+\r$/m)
    expect(edl).toMatch(/\* LOC: 01:00:00;00 CYAN {4}space: said: .*«space»/)
    expect(readFileSync(path.join(out, 'Space.fcpxml'), 'utf8')).toContain('<format id="r1" frameDuration="1001/30000s" width="480" height="270"/>')
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
