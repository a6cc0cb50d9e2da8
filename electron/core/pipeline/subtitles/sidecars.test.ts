import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { languageByName, languageKey, languageTag } from '../../language.ts'
import { findSidecars, readSidecar, sidecarsAmong } from './sidecars.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-sidecars-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

describe('the subtitle files of a video', () => {
  it.each([
    ['Film.srt', null, ''], ['film.SRT', null, ''], ['Film.en.vtt', 'en', ''], ['Film.en-US.forced.srt', 'en-US', 'forced'], ['Film.pt_br.ass', 'pt-BR', ''],
    ['Film.ger.ssa', 'de', ''], ['Film.English.srt', 'en', ''], ['Film.Français.srt', 'fr', ''], ['Film.zh-Hant.srt', 'zh-Hant', ''], ['Film.hi.srt', 'hi', ''],
    ['Film.en.hi.srt', 'en', 'sdh'], ['Film.sdh.en.srt', 'en', 'sdh'], ['FILM.EN.CC.VTT', 'en', 'sdh'], ['Film.forced.srt', null, 'forced'], ['Film.default.en.srt', 'en', ''],
  ])('%s: language %j, marks %j', (name, language, marks) => {
    const [found] = sidecarsAmong([name, 'Film.mp4'], '/videos/Film.mp4')
    expect(found).toMatchObject({ fileName: name, path: path.join('/videos', name), language, isForced: marks === 'forced', isHearingImpaired: marks === 'sdh' })
  })

  it.each(['Film 2.srt', 'Film.part2.srt', 'Film.mp4.txt', 'Film.en.fr.srt', 'Film.srt.bak', 'Other.srt', 'Film', '.srt', 'Film.idx', 'Filmen.srt'])('%s is none of them', (name) => {
    expect(sidecarsAmong([name, 'Film.mp4'], '/videos/Film.mp4')).toEqual([])
  })

  it('are not those of a video whose own name ends in a language', () => {
    const names = ['Film.mp4', 'Film.de.mp4', 'Film.de.srt', 'Film.en.srt']
    expect(sidecarsAmong(names, '/videos/Film.mp4').map((found) => found.fileName)).toEqual(['Film.en.srt'])
    expect(sidecarsAmong(names, '/videos/Film.de.mp4').map((found) => found.fileName)).toEqual(['Film.de.srt'])
  })

  it('are found however an é is written', () => {
    expect(sidecarsAmong(['Cafe\u0301.srt'], '/videos/Caf\u00E9.mkv')).toHaveLength(1)
  })

  it('can be patterns and odd names', () => {
    expect(sidecarsAmong(['[a] (b)* $x.en.srt'], '/videos/[a] (b)* $x.mkv')).toHaveLength(1)
  })

  it('are none where the folder is gone', async () => {
    expect(await findSidecars(path.join(folder, 'no', 'film.mp4'))).toEqual({ sidecars: [], notes: ['the folder of the video could not be listed (ENOENT)'] })
  })
})

describe('a subtitle file', () => {
  const NEVER = new AbortController().signal
  const found = (name: string): Parameters<typeof readSidecar>[0] => ({ path: path.join(folder, name), fileName: name, format: 'srt', language: null, isForced: false, isHearingImpaired: false })

  it('gives its bytes', async () => {
    writeFileSync(path.join(folder, 'a.srt'), 'text')
    expect(await readSidecar(found('a.srt'), NEVER)).toEqual({ bytes: Buffer.from('text') })
  })

  it('over 20 MB is not read', async () => {
    writeFileSync(path.join(folder, 'large.srt'), '')
    truncateSync(path.join(folder, 'large.srt'), 20 * 1024 * 1024 + 1)
    expect(await readSidecar(found('large.srt'), NEVER)).toEqual({ note: 'large.srt is larger than 20 MB' })
  })

  it.skipIf(process.platform === 'win32')('that is a pipe is not opened', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe.srt')])
    expect(await readSidecar(found('pipe.srt'), NEVER)).toEqual({ note: 'pipe.srt is not a regular file' })
  })

  it('that is gone says so', async () => {
    expect(await readSidecar(found('gone.srt'), NEVER)).toEqual({ note: 'gone.srt could not be read (ENOENT)' })
  })

  it('is not read after a stop', async () => {
    await expect(readSidecar(found('a.srt'), AbortSignal.abort())).rejects.toThrow('aborted')
  })
})

describe('the language of subtitles', () => {
  it.each([
    ['eng', 'en'], ['en', 'en'], ['EN_us', 'en-US'], ['ger', 'de'], ['deu', 'de'], ['fre', 'fr'], ['chi', 'zh'], ['cze', 'cs'], ['dut', 'nl'], ['gre', 'el'], ['rum', 'ro'],
    ['pt-br', 'pt-BR'], ['zh-hans', 'zh-Hans'], ['es-419', 'es-419'], ['fil', 'fil'], ['yue', 'yue'],
    ['und', null], ['mul', null], ['zxx', null], ['qaa', null], ['xx', null], ['', null], ['English', null], ['e', null], ['en-', null], [null, null],
  ])('%j is %j', (written, tag) => {
    expect(languageTag(written)).toBe(tag)
  })

  it('is a tag that the platform knows, or null, for any text', () => {
    const parts = fc.array(fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.stringMatching(/^[a-zA-Z]{2,3}$/)), { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(parts, (written) => {
      const tag = languageTag(written.join('-'))
      if (tag !== null) expect(Intl.getCanonicalLocales(tag)).toEqual([tag])
      expect(() => languageKey(tag)).not.toThrow()
    }), { numRuns: 2000 })
  })

  it.each([['English', 'en'], ['deutsch', 'de'], ['Español', 'es'], ['日本語', 'ja'], ['русский', 'ru'], ['part2', null]])('by its name: %s is %j', (name, tag) => {
    expect(languageByName(name)).toBe(tag)
  })

  it('is one where only the usual region is added', () => {
    expect(languageKey('en-US')).toBe(languageKey('en'))
    expect(languageKey('zh-CN')).toBe(languageKey('zh'))
    expect(new Set(['en', 'en-GB', 'pt-PT', 'pt-BR', 'zh-Hant', 'zh'].map(languageKey)).size).toBe(6)
  })
})
