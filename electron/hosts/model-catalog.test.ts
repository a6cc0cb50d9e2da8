import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../core/store/test-library.ts'
import { modelCatalog } from './model-catalog.ts'

test('without a catalog of their own a person has that of the app', () => {
  expect(modelCatalog('').models.map(({ id }) => id)).toContain('whisper-base')
})

test.each([['{', 'JSON'], ['{"updated": "2026-11-21"}', 'models']])('a catalog of their own that can not be used is named, with what is wrong: %s', (content, wrong) => {
  const file = path.join(testFolder(), 'catalog.json')
  writeFileSync(file, content)
  const failure = expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(new RegExp(`"${file}" can not be used: .*${wrong}`, 's')) as string }) as Error
  expect(() => modelCatalog(file)).toThrow(failure)
  expect(() => modelCatalog(path.join(testFolder(), 'none.json'))).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error)
})
