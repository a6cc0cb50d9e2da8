import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseTemplate } from './name-template.ts'
import { giveName, nameOfTime, refuseSource, safeStem, stemOfClip } from './names.ts'
import { planClip } from './plan.ts'
import { lookupOf, sourceOf } from './editors/test-sequences.ts'
import { temporaryFolder } from './test-library.ts'

describe('a name for a clip', () => {
  it('reads the time as people write it, without a colon', () => {
    expect([0, 4.04, 59.9996, 75.5, 3723.25].map(nameOfTime)).toEqual(['0m00s', '0m04.04s', '1m00s', '1m15.5s', '1h02m03.25s'])
  })

  it.each([
    ['CON', 'clip (0m01s)'],
    ['con.tar', 'clip (0m01s)'],
    ['...', 'clip (0m01s)'],
    ['Holiday. ', 'Holiday (0m01s)'],
    ['.hidden', 'hidden (0m01s)'],
    ['a/b\\c:d*e?f"g<h>i|j', 'abcdefghij (0m01s)'],
    ['line\nbreak', 'linebreak (0m01s)'],
    ['exe\u202egpj', 'exegpj (0m01s)'],
    ['Cafe\u0301', 'Caf\u00e9 (0m01s)'],
    ['$(rm -rf) `x` \'y\'', '$(rm -rf) `x` \'y\' (0m01s)'],
    ['%03d', '%03d (0m01s)'],
  ])('makes %j safe on every system', (title, stem) => {
    expect(safeStem(title, '(0m01s)', 4)).toBe(stem)
  })

  it('shortens by bytes, keeps time and extension, and breaks no letter', () => {
    const stem = safeStem('é👩‍👩‍👧‍👦'.repeat(100), '(1m10s)', 4)
    expect(Buffer.byteLength(`${stem} (9999).mp4`)).toBeLessThanOrEqual(255)
    expect(Buffer.byteLength(stem)).toBeGreaterThan(210)
    expect(stem).toMatch(/^(é👩‍👩‍👧‍👦)*é? \(1m10s\)$/u)
  })

  it('is one name in the folder whatever the title', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
      const name = `${safeStem(title, '(0m01s)', 4)} (9999).mp4`
      return path.basename(name) === name && Buffer.byteLength(name) <= 255 && !/[\\:*?"<>|]|^\./.test(name) && path.win32.basename(name) === name
    }))
  })
})

describe('a template of names', () => {
  const videos = lookupOf([{ file: '/videos/Lake/ Como.mp4', rate: { num: 25, den: 1 }, frames: 5000 }])
  const named = (template: string, clip: { title?: string, query?: string } = {}): string =>
    stemOfClip(planClip(sourceOf({ video: 1, start: 75.48, end: 80, ...clip }), videos), { start: 75.48, end: 80, index: 2, template })

  it.each([
    ['{n} {title}', { title: 'Swans' }, '03 Swans'],
    ['{n} {title}', {}, '03 Como'],
    ['{video} {start}-{end}', { title: 'Swans' }, 'Como 1m15.48s-1m20s'],
    ['{query} - {title}', { query: 'swans at dawn', title: 'Swans' }, 'swans at dawn - Swans'],
    ['{query} - {title}', { title: 'Swans' }, 'Swans'],
    ['{title} - {query} - {n}', { title: 'Swans' }, 'Swans - 03'],
    ['{title} ({query}) {n}', { title: 'Swans' }, 'Swans 03'],
    ['{title}  {n}', { title: 'two  blanks' }, 'two  blanks  03'],
    ['{query}', {}, 'clip'],
    ['{title}', { title: 'CON' }, 'clip'],
    ['{title}', { title: 'CON .' }, 'clip'],
    ['{title}', { title: 'aux .txt' }, 'clip'],
    ['{title}', { title: 'Com¹' }, 'clip'],
    ['{title}', { title: 'Console' }, 'Console'],
    ['{query}.', { query: 'a/b\\c: "d"' }, 'abc d'],
    ['{title}', { title: 'gpj\u202eexe' }, 'gpjexe'],
    ['../{title}', { title: '..' }, 'clip'],
    ['{title}', { title: '{query}', query: 'no' }, '{query}'],
  ])('%j of %j is "%s"', (template, clip, stem) => {
    expect(named(template, clip)).toBe(stem)
  })

  it('knows the day of the recording, else of the file', () => {
    expect(named('{date}')).toBe('2026-11-21')
  })

  it('refuses fields that there are not, and says which there are', () => {
    expect(() => { refuseTemplate('{titel} {n} {}') }).toThrow(expect.objectContaining({ code: 'USAGE', message: 'A name can not hold {titel} {}.', hint: 'It can hold {title} {start} {end} {query} {video} {date} {n}.' }))
    expect(() => { refuseTemplate('   ') }).toThrow('The template of names is empty.')
    expect(() => { refuseTemplate(null) }).not.toThrow()
  })

  it('gives one name in the folder, whatever it is filled with', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 400 }), (title, query) => {
      const name = `${named('{query} {title} {n}', { title, query })} (9999).webm`
      expect([path.basename(name), path.win32.basename(name), Buffer.byteLength(name) <= 255, /[\\:*?"<>|]|^\.|[. ] \(9999/.test(name)]).toEqual([name, name, true, false])
    }))
  })
})

describe('giving a name', () => {
  let folder = ''
  beforeAll(async () => { folder = await temporaryFolder() })
  afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

  const part = (name: string, text: string): string => {
    const file = path.join(folder, name)
    writeFileSync(file, text)
    return file
  }

  it('never overwrites, also when twenty want the same name at once', async () => {
    part('lake (0m01s).mp4', 'mine')
    const parts = Array.from({ length: 20 }, (_, index) => part(`.${String(index)}.part`, String(index)))
    const paths = await Promise.all(parts.map((each) => giveName({ part: each, folder, stem: 'lake (0m01s)', extension: '.mp4', besides: [] })))
    expect(new Set(paths).size).toBe(20)
    expect(readFileSync(path.join(folder, 'lake (0m01s).mp4'), 'utf8')).toBe('mine')
    expect(paths.map((file) => readFileSync(file, 'utf8'))).toEqual(parts.map((_, index) => String(index)))
    expect(paths.map((file) => path.basename(file)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))[0]).toBe('lake (0m01s) (2).mp4')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('takes another number when only the captions are in the way', async () => {
    part('fox (0m01s).srt', 'theirs')
    const file = await giveName({ part: part('.fox.part', 'clip'), folder, stem: 'fox (0m01s)', extension: '.mp4', besides: ['.srt'] })
    expect(path.basename(file)).toBe('fox (0m01s) (2).mp4')
    expect(existsSync(path.join(folder, 'fox (0m01s).mp4'))).toBe(false)
  })

  it('refuses to stand where the source is', async () => {
    const sourcePath = part('source (0m01s).mp4', 'source')
    await expect(refuseSource({ folder, fileName: 'source (0m01s).mp4', sourcePath })).rejects.toMatchObject({ code: 'SAME_FILE' })
    await expect(refuseSource({ folder, fileName: 'other (0m01s).mp4', sourcePath })).resolves.toBeUndefined()
  })
})
