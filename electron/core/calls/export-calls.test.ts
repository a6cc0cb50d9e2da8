import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mediaFolder, plainVideo } from '../../../e2e/fixtures/make-media.ts'
import { usualExportChoices } from '../../contract/export-choices.ts'
import type { CallParsed } from '../../contract/calls.ts'
import type { AppEvent } from '../../contract/events.ts'
import type { VideoId } from '../../contract/ids.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import { partName } from '../export/part-names.ts'
import type { App } from '../handlers.ts'
import { aged } from '../import/test-folder.ts'
import { testFolder } from '../store/test-library.ts'

const never = { signal: new AbortController().signal }
const media = mediaFolder('queue')
let folder: string
let app: App
let videoId: VideoId

const open = async (access: 'read' | 'write'): Promise<App> => createApp({ folder, access, tools: realTools(folder) })

beforeAll(async () => {
  folder = testFolder()
  app = await open('write')
  const file = path.join(media.folder, 'plain.mp4')
  plainVideo(file)
  aged(file)
  const { added: [video] } = await app.handlers['library.import']({ paths: [file], fast: false }, never)
  if (video === undefined) throw new Error('nothing was imported')
  videoId = video.id
  await app.handlers['jobs.idle']({ videos: [], until: 'done' }, never)
})
afterAll(async () => {
  await app.close()
  media.remove()
  rmSync(folder, { recursive: true, force: true })
})

const input = (outFolder: string, ticket: string): CallParsed<'export.clips'> =>
  ({ ...usualExportChoices, mode: 'exact', ticket, clips: [{ kind: 'span', videoId, start: 0, end: 0.2 }], outFolder })

describe('exports that are asked for at once', () => {
  it('wait for each other, and one that is stopped while it waits tells of its end and writes nothing', async () => {
    const events: AppEvent[] = []
    const stop = app.subscribe((event) => { if (event.type.startsWith('export-')) events.push(event) })
    const cancel = new AbortController()
    const [one, two, three] = ['one', 'two', 'three'].map((name) => path.join(folder, name)) as [string, string, string]
    const first = app.handlers['export.clips'](input(one, 'one'), never)
    const second = app.handlers['export.clips'](input(two, 'two'), { signal: cancel.signal })
    const third = app.handlers['export.clips'](input(three, 'three'), never)
    const stopped = expect(second).rejects.toThrow()
    cancel.abort()
    await stopped
    const reports = await Promise.all([first, third])
    stop()
    expect(reports.map(({ files }) => files.length)).toEqual([1, 1])
    expect(readdirSync(folder).filter((name) => ['one', 'two', 'three'].includes(name)).sort()).toEqual(['one', 'three'])
    const told = events.flatMap((event) => event.type === 'export-waits' ? [`${String(event.ticket)} ${String(event.before)}`] : event.type === 'export-ended' ? [event.outcome] : [])
    expect(told).toEqual(['one 0', 'two 1', 'three 2', 'three 1', 'cancelled', 'done', 'three 0', 'done'])
  })
})

describe('what a killed export has left', () => {
  it.each(['write', 'read'] as const)('goes when the library is opened for work again, also where the export had opened it to %s', async (access) => {
    await app.close()
    const outFolder = path.join(folder, `out-${access}`)
    mkdirSync(outFolder)
    const exporting = await open(access)
    await exporting.handlers['export.clips'](input(outFolder, ''), never)
    await exporting.close()
    const [clip] = readdirSync(outFolder)
    const { pid } = spawnSync(process.execPath, ['--version'])
    const left = partName({ pid, host: hostname() })
    writeFileSync(path.join(outFolder, left), 'half a clip')
    app = await open('write')
    await expect.poll(() => readdirSync(outFolder)).toEqual([clip])
  })
})
