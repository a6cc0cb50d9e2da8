import { describe, expect, it } from 'vitest'
import { VideoId } from '../../../electron/contract/ids.ts'
import { movedIndex, noSelection, select, selectAll, withoutGone } from './selecting.ts'

const order = [5, 3, 8, 1, 9].map((id) => VideoId.parse(id))
const [first, second, third, fourth] = [order[0]!, order[1]!, order[2]!, order[3]!]
const plain = { isToggle: false, isRange: false }

describe('selecting videos', () => {
  it('a click selects one and unselects the others', () => {
    const two = select(select(noSelection, { order, id: first, how: plain }), { order, id: second, how: plain })
    expect([...two.ids]).toEqual([3])
    expect(two.focused).toBe(second)
  })

  it('Ctrl adds one and takes it away again', () => {
    const how = { isToggle: true, isRange: false }
    const added = select(select(noSelection, { order, id: first, how: plain }), { order, id: third, how })
    expect([...added.ids]).toEqual([5, 8])
    expect([...select(added, { order, id: first, how }).ids]).toEqual([8])
  })

  it('Shift selects from the anchor to here, both ways, and the anchor stays', () => {
    const how = { isToggle: false, isRange: true }
    const down = select(select(noSelection, { order, id: third, how: plain }), { order, id: fourth, how })
    expect([...down.ids]).toEqual([8, 1])
    expect([...select(down, { order, id: first, how }).ids]).toEqual([5, 3, 8])
  })

  it('Shift begins at the focus when nothing was clicked', () => {
    expect([...select({ ...noSelection, focused: second }, { order, id: third, how: { isToggle: false, isRange: true } }).ids]).toEqual([3, 8])
  })

  it('all are all that are listed', () => {
    expect([...selectAll(noSelection, order).ids]).toEqual([5, 3, 8, 1, 9])
  })

  it('what is gone from the library is not selected any more, and nothing else changes', () => {
    const selection = { ids: new Set([first, third]), anchor: first, focused: third }
    expect(withoutGone(selection, () => true)).toBe(selection)
    expect(withoutGone(selection, (id) => id !== first)).toEqual({ ids: new Set([third]), anchor: null, focused: third })
  })
})

describe('moving by keys in a grid of 3 columns with 8 videos', () => {
  const layout = { count: 8, columns: 3, rowsOnPage: 2 }

  it('goes by one and by rows', () => {
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => movedIndex(key, 4, layout))).toEqual([3, 5, 1, 7, 0, 7])
  })

  it('stays at the edges', () => {
    expect(movedIndex('ArrowUp', 1, layout)).toBe(1)
    expect(movedIndex('ArrowLeft', 0, layout)).toBe(0)
    expect(movedIndex('ArrowDown', 7, layout)).toBe(7)
  })

  it('goes down from a full row to the last video of a row that is not full', () => {
    expect(movedIndex('ArrowDown', 5, layout)).toBe(7)
  })

  it('goes by pages and stops at the ends', () => {
    expect(movedIndex('PageDown', 1, layout)).toBe(7)
    expect(movedIndex('PageUp', 4, layout)).toBe(0)
  })

  it('leaves other keys alone', () => {
    expect(movedIndex('a', 1, layout)).toBeNull()
    expect(movedIndex('ArrowDown', 0, { ...layout, count: 0 })).toBeNull()
  })
})
