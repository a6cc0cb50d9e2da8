import { expect, test } from 'vitest'
import { AppError } from '../../core/errors.ts'
import { bugReport } from './bug-report.ts'

const failing = (error: Error) => () => Promise.reject(error)

test('an error of a search is told once, with where it was and without what was searched for', async () => {
  const told: string[] = []
  const report = bugReport((text) => { told.push(text) })
  await expect(report({ kind: 'query', secret: 'our divorce' }, failing(new Error('syntax error near "DIVORCE"')))).rejects.toMatchObject({ code: 'INTERNAL', message: 'Something went wrong in the search.' })
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(/^query: Error: \(what it says has words of the search\)\n\s+at .*bug-report\.test\.ts/)
  expect(told[0]!.toLowerCase()).not.toContain('divorce')
})

test('an error that says nothing of the search is told with what it says', async () => {
  const told: string[] = []
  await expect(bugReport((text) => { told.push(text) })({ kind: 'query', secret: 'boat' }, failing(new RangeError('out of memory')))).rejects.toMatchObject({ code: 'INTERNAL' })
  expect(told[0]).toMatch(/^query: RangeError: out of memory\n\s+at /)
})

test('what is expected is told to who asked and to no log', async () => {
  const told: string[] = []
  const report = bugReport((text) => { told.push(text) })
  await expect(report({ kind: 'query', secret: '' }, failing(new AppError('LIBRARY_DAMAGED', { message: 'It is damaged.' })))).rejects.toMatchObject({ code: 'LIBRARY_DAMAGED' })
  await expect(report({ kind: 'query', secret: '' }, () => Promise.reject(AbortSignal.abort().reason as Error))).rejects.toThrow('aborted')
  expect(told).toEqual([])
})
