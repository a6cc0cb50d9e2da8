import { describe, expect, it } from 'vitest'
import { frameAt, frameStart, lastFrame, parseTime, pictureEdge, pictureStart, timeCode } from './frames.ts'

const film = { frameSeconds: 1001 / 24000, isConstant: true }

describe('pictures of a film', () => {
  it('are counted back from the times they begin at, over three hours', () => {
    for (const frame of [0, 1, 2, 23, 24, 1000, 258_931]) expect(frameAt(frameStart(frame, film), film)).toBe(frame)
  })
  it('are counted right although a container rounds to milliseconds', () => {
    for (let frame = 0; frame < 100; frame++) expect(frameAt(Math.floor(frameStart(frame, film) * 1000) / 1000, film)).toBe(frame)
  })
  it('are gone to where they begin, and the end of a video stays its end', () => {
    expect(pictureStart(frameStart(8, film) + 0.03, 10, film)).toBe(frameStart(8, film))
    expect([pictureStart(10, 10, film), pictureStart(99, 10, film), pictureStart(3.3, 10, { ...film, isConstant: false })]).toEqual([10, 10, 3.3])
    expect([lastFrame(8, { frameSeconds: 0.04, isConstant: true }), lastFrame(0.04, { frameSeconds: 0.04, isConstant: true })]).toEqual([199, 0])
  })
  it('have the points at their edges: all that is shown at an in point is in, all that is said at an out point too', () => {
    const within = frameStart(8, film) + 0.02
    expect([pictureEdge(within, 'in', film), pictureEdge(within, 'out', film)]).toEqual([frameStart(8, film), frameStart(9, film)])
    const shot = Math.round(frameStart(8, film) * 1000) / 1000
    expect([pictureEdge(shot, 'in', film), pictureEdge(shot, 'out', film)]).toEqual([frameStart(8, film), frameStart(8, film)])
    expect(pictureEdge(within, 'in', { ...film, isConstant: false })).toBe(within)
  })
  it('last until the next one begins', () => {
    expect(frameAt(frameStart(8, film) - 0.01, film)).toBe(7)
  })
})

describe('a time', () => {
  it('is shown to the millisecond with its hours', () => {
    expect([timeCode(0), timeCode(62.3456), timeCode(7199.9996), timeCode(-1)]).toEqual(['0:00:00.000', '0:01:02.346', '2:00:00.000', '0:00:00.000'])
  })
  it('is read as it is written, in seconds, on a clock or in frames from where it was', () => {
    const read = (text: string) => parseTime(text, 10, { frameSeconds: 0.04, isConstant: true })
    expect(['75.5', '1:15,5', '1:02:03.25', '+5', '-5f'].map(read)).toEqual([75.5, 75.5, 3723.25, 10.2, 9.8])
    expect(['', 'soon', '1:2:3:4', '-'].map(read)).toEqual([null, null, null, null])
  })
})
