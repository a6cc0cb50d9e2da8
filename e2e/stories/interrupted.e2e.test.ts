import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../electron/contract/calls.ts'
import { makeLongVideos } from '../kill-import.ts'
import { scenedex, scenedexJson, startScenedex, temporaryFolder } from '../scenedex.ts'
import { hasSharedMedia } from '../shared-media.ts'

const { folder, remove } = temporaryFolder('interrupted')
const library = path.join(folder, 'library')
const inLibrary = ['--library', library]

afterAll(remove)

describe.skipIf(!hasSharedMedia)('an import that is stopped with Ctrl-C (skipped without the shared media)', () => {
  let videos: string[] = []
  beforeAll(() => { videos = makeLongVideos(folder) })

  it('ends cleanly, says so, and goes on where it was when it is told to', async () => {
    const { child, finished } = startScenedex(['import', ...videos, '--json', '--progress', ...inLibrary])
    // Once something of a scan was stored.
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: Buffer) => { if (/"name":"scan","state":"running","progress":0\.\d*[1-9]/.test(text.toString('utf8'))) resolve() })
    })
    child.kill('SIGINT')
    const stopped = await finished
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toContain('What is done is kept')
    expect(readdirSync(library).filter((name) => name.endsWith('-wal'))).toEqual([])

    const jobs = await scenedexJson(calls['jobs.overview'].output, ['jobs', ...inLibrary])
    expect(jobs.working).toBe(false)
    expect(jobs.progress).toBeGreaterThan(0)
    expect(jobs.progress).toBeLessThan(1)

    expect((await scenedex(['jobs', 'resume', ...inLibrary])).code).toBe(0)
    const { videos: after } = await scenedexJson(calls['library.list'].output, ['library', ...inLibrary])
    expect(after.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready'])
  })
})
