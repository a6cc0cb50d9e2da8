import { usualExportChoices } from '../../contract/export-choices.ts'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mediaFolder, plainVideo } from '../../../e2e/fixtures/make-media.ts'
import type { AppEvent } from '../../contract/events.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import { aged } from '../import/test-folder.ts'
import { testFolder } from '../store/test-library.ts'

const never = { signal: new AbortController().signal }

let folder: string
let app: App
beforeEach(async () => {
  folder = testFolder()
  app = await createApp({ folder, access: 'write', tools: realTools(folder) })
})
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

const when = async (isIt: (event: AppEvent) => boolean): Promise<void> => new Promise((resolve) => { app.subscribe((event) => { if (isIt(event)) resolve() }) })

describe('closing the app', () => {
  it('stops an export and leaves nothing of the unfinished clip in the folder of the person', async () => {
    const media = mediaFolder('closing')
    const file = path.join(media.folder, 'plain.mp4')
    plainVideo(file)
    aged(file)
    const { added: [video] } = await app.handlers['library.import']({ paths: [file], fast: false }, never)
    await app.handlers['jobs.idle']({ videos: [], until: 'done' }, never)
    const out = path.join(folder, 'out')
    mkdirSync(out)
    const isWritten = when((event) => event.type === 'export-progress' && event.progress > 0)
    const report = app.handlers['export.clips']({ ...usualExportChoices, ticket: null, clips: [{ kind: 'span', videoId: video!.id, start: 0, end: 2 }], outFolder: out, mode: 'exact', captions: 'none' }, never)
    const rejected = expect(report).rejects.toMatchObject({ code: 'CANCELLED' })
    await isWritten
    await app.close()
    expect(readdirSync(out)).toEqual([])
    await rejected
    media.remove()
  })

  it('stops the making of the sample video', async () => {
    const making = expect(app.handlers['library.addSample']({}, never)).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect.poll(() => existsSync(path.join(folder, 'sample')) && readdirSync(path.join(folder, 'sample')).length > 0).toBe(true)
    await app.close()
    await making
    expect(readdirSync(path.join(folder, 'sample'))).toEqual([])
  })
})
