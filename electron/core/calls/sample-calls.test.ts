import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'
import type { App } from '../handlers.ts'
import { testFolder } from '../store/test-library.ts'

const never = new AbortController().signal

describe('the sample video', () => {
  let folder: string
  let app: App
  beforeEach(async () => {
    folder = testFolder()
    app = await createApp({ folder, access: 'write', tools: realTools(folder) })
  })
  afterEach(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const addSample = async (signal = never) => app.handlers['library.addSample']({}, { signal })

  test('is made once and imported, is found by what is said in it, and is known the second time', async () => {
    const first = await addSample()
    expect(first.added).toMatchObject([{ path: path.join(folder, 'sample', 'Sample video.mp4') }])
    expect(readdirSync(path.join(folder, 'sample'))).toEqual(['Sample video.mp4'])

    await app.handlers['jobs.idle']({ videos: [], until: 'done' }, { signal: never })
    const { videos } = await app.handlers['library.list']({}, { signal: never })
    expect(videos).toMatchObject([{ title: 'Sample video', state: 'ready' }])
    expect(videos[0]?.duration).toBeCloseTo(36, 1)
    const { hits } = await app.handlers['search.query']({ query: '"frozen river"', limit: 5, weights: {}, perVideo: 5, after: null }, { signal: never })
    expect(hits[0]?.start).toBeCloseTo(5, 1)

    const second = await addSample()
    expect(second).toMatchObject({ added: [], known: [{ id: first.added[0]?.id }] })
  })

  test('leaves nothing behind when its making is cancelled, and what a killed program has left goes', async () => {
    const left = path.join(folder, 'sample', '.making-killed')
    mkdirSync(left, { recursive: true })
    utimesSync(left, 1, 1)
    const stop = new AbortController()
    const refused = expect(addSample(stop.signal)).rejects.toThrow()
    const making = (): string[] => readdirSync(path.join(folder, 'sample')).filter((name) => name !== path.basename(left))
    await expect.poll(making).toHaveLength(1)
    stop.abort()
    await refused
    expect(existsSync(left)).toBe(false)
    expect(readdirSync(path.join(folder, 'sample'))).toEqual([])
  })
})
