import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IdTable } from './id-table.ts'

it('an id is found where it was put, until it is taken out, whatever else comes and goes', () => {
  const ids = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }).map((id) => id * 65_536), fc.constant(2 ** 40 + 1))
  fc.assert(fc.property(fc.array(fc.record({ id: ids, isRemoved: fc.boolean() }), { maxLength: 200 }), (steps) => {
    const column: number[] = []
    const known = new Map<number, number>()
    const table = new IdTable((place) => column[place] ?? 0)
    for (const { id, isRemoved } of steps) {
      if (isRemoved) {
        table.remove(id)
        known.delete(id)
      } else if (!known.has(id)) {
        column.push(id)
        known.set(id, column.length - 1)
        table.set(id, column.length - 1)
      }
    }
    for (const { id } of steps) expect(table.find(id)).toBe(known.get(id))
  }))
})
