import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { TrayClipId } from '../../contract/tray.ts'
import { testLibrary, testVideo } from './test-library.ts'
import { addTrayClips, changeTrayClip, orderTrayClips, removeTrayClips, trayClips } from './tray.ts'
import { deleteVideo } from './videos.ts'

let library: Awaited<ReturnType<typeof testLibrary>>
let video: VideoId
beforeEach(async () => {
  library = await testLibrary()
  video = testVideo(library, 'A day at sea')
})
afterEach(() => { library.close() })

const titles = (): string[] => trayClips(library.db).map(({ title }) => title)
const idOf = (wanted: string): TrayClipId => trayClips(library.db).find(({ title }) => title === wanted)!.id
const add = (names: string, position: number | null = null, of = video): void => {
  addTrayClips(library.db, Array.from(names, (title) => ({ videoId: of, title, start: 1, end: 2, query: null, note: null, framing: null })), position)
}

describe('the clips of the tray', () => {
  it('stand in the order they were added, or before the one at a place', () => {
    add('abc')
    add('xy', 1)
    add('z', 99)
    expect(titles()).toEqual(['a', 'x', 'y', 'b', 'c', 'z'])
  })

  it('are put into another order; those not named stay behind them in theirs, and what is no clip is left out', () => {
    add('abcd')
    orderTrayClips(library.db, [idOf('d'), idOf('b'), idOf('d'), TrayClipId.parse(99)])
    expect(titles()).toEqual(['d', 'b', 'a', 'c'])
  })

  it('keep their order when some are taken away and others come', () => {
    add('abcd')
    removeTrayClips(library.db, [idOf('b')])
    add('x', 1)
    expect(titles()).toEqual(['a', 'x', 'c', 'd'])
  })

  it('change in what is given and keep the rest', () => {
    add('a')
    changeTrayClip(library.db, { id: idOf('a'), end: 5 })
    changeTrayClip(library.db, { id: idOf('a'), title: 'b' })
    expect(trayClips(library.db)).toMatchObject([{ title: 'b', start: 1, end: 5, videoId: video, videoTitle: 'A day at sea' }])
  })

  it('go with their video, and the others close up', () => {
    const other = testVideo(library, 'Another')
    add('ab')
    add('x', 1, other)
    deleteVideo(library.db, other)
    add('y', 1)
    expect(titles()).toEqual(['a', 'y', 'b'])
  })

  it('never get an id that another clip had', () => {
    add('a')
    const before = idOf('a')
    removeTrayClips(library.db, [before])
    add('b')
    expect(idOf('b')).toBeGreaterThan(before)
  })
})
