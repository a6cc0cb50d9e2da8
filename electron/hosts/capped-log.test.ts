import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cappedLog } from './capped-log.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-log-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

it('a log takes entries with their time until it is full', () => {
  const file = path.join(folder, 'errors.log')
  const log = cappedLog(file, 60)
  for (const entry of ['first', 'second', 'third', 'fourth']) log(entry)
  expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\S+Z first\n\d{4}-\S+Z second\n$/)
})

it('a log that can not be written stops nobody', () => {
  expect(() => { cappedLog(path.join(folder, 'none', 'errors.log'))('x') }).not.toThrow()
})
