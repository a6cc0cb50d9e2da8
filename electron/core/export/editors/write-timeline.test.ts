import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { never, temporaryFolder } from '../test-library.ts'
import type { TimelineInput, WrittenTimeline } from '../../../contract/timelines.ts'
import { LlcProject } from './test-readers.ts'
import type { TestClip, TestVideo } from './test-sequences.ts'
import { lookupOf, sourceOf } from './test-sequences.ts'
import { writeTimeline } from './write-timeline.ts'

const ntsc = { num: 30_000, den: 1001 }
const videos: TestVideo[] = [{ file: '/videos/talk.mp4', rate: ntsc, frames: 30_000 }, { file: '/videos/lake.mp4', rate: ntsc, frames: 3000 }]
const clips: TestClip[] = [{ video: 1, start: 60, end: 90, title: 'Moon' }, { video: 2, start: 5, end: 20, title: 'Lake <at> night' }, { video: 1, start: 12, end: 30, title: 'Earth', query: 'earth' }]

let folder = ''
beforeAll(async () => { folder = await temporaryFolder() })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

function write(format: TimelineInput['format'], outFolder: string, given: Partial<TimelineInput> = {}): Promise<WrittenTimeline> {
  return writeTimeline({ clips: clips.map(sourceOf), outFolder, name: 'Best: of', format, conformVariableRate: false, ...given }, lookupOf(videos), never)
}

describe('a list for an editor', () => {
  it.each([['edl', 'Best of.edl'], ['fcpxml', 'Best of.fcpxml'], ['fcp7xml', 'Best of.xml'], ['otio', 'Best of.otio'], ['csv', 'Best of.csv']] as const)('%s is one file, "%s"', async (format, name) => {
    const out = mkdtempSync(path.join(folder, 'out-'))
    const written = await write(format, out)
    expect(written).toMatchObject({ paths: [path.join(out, name)], clips: 3, frames: 899 + 450 + 540 })
    expect(readdirSync(out)).toEqual([name])
    expect(written.notes).toContain('"talk" is not there now: /videos/talk.mp4')
  })

  it('never takes the place of another', async () => {
    const out = mkdtempSync(path.join(folder, 'out-'))
    const paths = [...(await write('edl', out)).paths, ...(await write('edl', out)).paths]
    expect(paths.map((file) => path.basename(file))).toEqual(['Best of.edl', 'Best of (2).edl'])
  })

  it('of LosslessCut is one for each video, with the segments of that video', async () => {
    const out = mkdtempSync(path.join(folder, 'out-'))
    const { paths } = await write('llc', out)
    expect(paths.map((file) => path.basename(file))).toEqual(['Best of - talk.llc', 'Best of - lake.llc'])
    const [talk] = paths.map((file) => LlcProject.parse(JSON.parse(readFileSync(file, 'utf8'))))
    expect(talk).toMatchObject({ mediaFileName: 'talk.mp4', cutSegments: [{ start: 60.026633, end: 90.023267, name: 'Moon' }, { name: 'Earth', tags: { query: 'earth' } }] })
  })

  it('of chapters begins at 0:00, for what the clips become and for each video', async () => {
    const out = mkdtempSync(path.join(folder, 'out-'))
    const { paths, notes } = await write('youtube', out)
    expect(paths.map((file) => readFileSync(file, 'utf8'))).toEqual(['0:00 Moon\n0:29 Lake at night\n0:45 Earth\n', '0:00 talk\n0:12 Earth\n1:00 Moon\n', '0:00 lake\n0:05 Lake at night\n'])
    expect(notes).toContain('YouTube takes chapters from 3 on: "lake" has 2')
    expect(notes).toContain('YouTube takes chapters of 10 s or longer only: in "lake" 1 is shorter')
    expect(notes.some((note) => note.includes('"talk" has'))).toBe(false)
  })

  it('leaves nothing when it is stopped, or when a clip is not there', async () => {
    const out = mkdtempSync(path.join(folder, 'out-'))
    await expect(writeTimeline({ clips: clips.map(sourceOf), outFolder: out, name: 'x', format: 'edl', conformVariableRate: false }, lookupOf(videos), AbortSignal.abort())).rejects.toThrow()
    await expect(write('edl', out, { clips: [sourceOf({ video: 9, start: 0, end: 1 })] })).rejects.toMatchObject({ code: 'USAGE' })
    expect(readdirSync(out)).toEqual([])
  })
})
