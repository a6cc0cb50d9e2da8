import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { relinkMissing } from './relink.ts'
import { useImport } from './test-folder.ts'

const { folder, elsewhere, tools, aVideo, take } = useImport()

describe('a search for missing videos', () => {
  const relink = async (where: string | null) => relinkMissing(where, tools(), new AbortController().signal)

  it('row 45: finds a file that was moved and renamed, by its content', async () => {
    const [a, b] = [aVideo('a.mp4', 1), aVideo('b.mp4', 2)]
    const { added } = await take(folder())
    const other = path.join(path.dirname(folder()), 'other')
    mkdirSync(other)
    renameSync(a, path.join(other, 'other name.mov'))
    rmSync(b)
    expect(await relink(other)).toEqual({
      relinked: [{ id: added[0]?.id, from: a, to: path.join(other, 'other name.mov') }],
      stillMissing: [{ id: added[1]?.id, path: b }],
    })
    expect(tools().store.all().map(({ path: file, state }) => [path.basename(file), state])).toEqual([['other name.mov', 'queued'], ['b.mp4', 'missing']])
  })

  it('without a folder looks where the videos were, also when their folder was renamed', async () => {
    const file = aVideo('2019/a.mp4', 1)
    await take(folder())
    renameSync(path.join(folder(), '2019'), path.join(folder(), 'holiday'))
    expect((await relink(null)).relinked).toMatchObject([{ from: file, to: path.join(folder(), 'holiday', 'a.mp4') }])
  })

  it('takes no other file of the same size', async () => {
    const file = aVideo('a.mp4', 1)
    await take(folder())
    rmSync(file)
    aVideo('b.mp4', 2)
    expect((await relink(null)).relinked).toEqual([])
  })

  it('sees that a drive is back', async () => {
    const file = aVideo('a.mp4', 1)
    await take(folder())
    const away = path.join(elsewhere(), 'away')
    renameSync(folder(), away)
    expect((await relink(null)).stillMissing).toMatchObject([{ path: file }])
    renameSync(away, folder())
    const { stillMissing } = await relink(null)
    expect(stillMissing).toEqual([])
    expect(tools().store.all()).toMatchObject([{ path: file, state: 'queued' }])
  })

  it('goes on past a link that leads nowhere or in circles', async () => {
    const [a, b, c] = [aVideo('a.mp4', 1), aVideo('b.mp4', 2), aVideo('c.mp4', 3)]
    await take(folder())
    rmSync(a)
    symlinkSync(path.join(folder(), 'nowhere.mp4'), a)
    rmSync(b)
    symlinkSync(b, b)
    renameSync(c, path.join(folder(), 'd.mp4'))
    const report = await relink(null)
    expect(report.relinked).toMatchObject([{ from: c, to: path.join(folder(), 'd.mp4') }])
    expect(report.stillMissing.map((one) => one.path)).toEqual([a, b])
  })

  it('refuses a folder that is not there', async () => {
    await expect(relink(path.join(folder(), 'nowhere'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
