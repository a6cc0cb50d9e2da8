import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { addFilm, ask, reasons, spans } from './test-scenes.ts'

let library: Library

function addTold(title: string, lines: string[], language = 'en'): void {
  addFilm(library, {
    title, scenes: lines.map((_, at) => ({ from: at * 20, to: at * 20 + 10 })),
    cues: lines.map((text, at) => ({ from: at * 20 + 1, to: at * 20 + 9, text, language })),
  })
}

beforeAll(async () => {
  library = await testLibrary()
  addTold('Hafen', ['Die Dampfschifffahrt auf der Elbe', 'Dort liegt das Schiff im Hafen', 'Das Krankenhaus ist geschlossen', 'In der Straße steht ein Großbrand'], 'de')
  addTold('Trains', ['A train in the rain', 'The brain and the terrain', 'Send me an email', 'It’s the e-mail of l’avion', 'The telescope of 2014', 'My neighbour has moved the receiver'])
  addTold('Ερωτήσεις', ['Ποιος είναι ο ΔΡΟΜΟΣ;', 'Ένας δρόμος στην Αθήνα'], 'el')
  addTold('Разное', ['Ёжик в тумане', 'Мой йод и мои друзья'], 'ru')
  addTold('עברית', ['שָׁלוֹם עוֹלָם', 'שלום לכולם'], 'he')
  addTold('العربية', ['كِتَابٌ جَدِيدٌ', 'أحمد في المدرسة'], 'ar')
  addTold('İstanbul', ['İstanbul’da ılık bir gün'], 'tr')
  addTold('हिन्दी', ['मैं हिन्दी बोलता हूँ'], 'hi')
  addTold('ภาษาไทย', ['เราไปกินข้าวกัน'], 'th')
  addTold('日本', ['ＮＡＳＡのﾛｹｯﾄが飛ぶ', '我们去北京吃饭', 'デカい ガラス'], 'ja')
  addTold('한국'.normalize('NFD'), ['서울에 갔다'.normalize('NFD')], 'ko')
  for (let at = 0; at < 12; at++) addTold(`Weather ${at}`, [`the hurricane number ${at}`])
  addTold('Slip', ['the huricane comes'])
})

afterAll(() => { library.close() })

const first = async (query: string): Promise<string> => reasons(await ask(library, query)).join(' | ')

describe('a word as a part of a longer one', () => {
  it('is found after the word itself, marked in the longer word, and said', async () => {
    const answer = await ask(library, 'schiff ')
    expect(spans(answer)).toEqual(['Hafen 20-30', 'Hafen 0-10'])
    expect(answer.hits.map(({ reasons: [why] }) => why?.text)).toEqual(['Dort liegt das «Schiff» im Hafen', 'Die Dampf«schiff»fahrt auf der Elbe'])
    expect(answer.notes).toEqual(['Few scenes have the word "schiff": longer words that have it as a part count too.'])
  })

  it('is found where nothing has the word alone', async () => {
    const answer = await ask(library, 'Haus ')
    expect(answer.hits.map(({ reasons: [why] }) => why?.text)).toEqual(['Das Kranken«haus» ist geschlossen'])
    expect(answer.notes).toEqual(['Nothing has the word "Haus": longer words that have it as a part count too.'])
    expect(await first('Brand ')).toContain('Groß«brand»')
  })

  it('is none where the longer word was in a video that was removed', async () => {
    const { id } = addFilm(library, { title: 'Gone', scenes: [{ from: 0, to: 10 }], cues: [{ from: 1, to: 9, text: 'Die Raumstationsmannschaft' }] })
    expect(spans(await ask(library, 'Mannschaft '))).toEqual(['Gone 0-10'])
    library.db.run('DELETE FROM video WHERE id = @id', { id })
    expect(await ask(library, 'Mannschaft ')).toMatchObject({ hits: [], notes: [] })
  })

  it('and the longer word itself are the same word written twice', async () => {
    const answer = await ask(library, 'Dampfschifffahrt ')
    expect(reasons(answer)[0]).toContain('«Dampfschifffahrt»')
    expect(answer.notes).toEqual([])
  })

  it('is no part of a word that only has its letters', async () => {
    const answer = await ask(library, 'rain ')
    expect(spans(answer)).toEqual(['Trains 0-10'])
    expect(answer.notes).toEqual([])
    expect(spans(await ask(library, '"haus" '))).toEqual([])
  })
})

describe('a word with a slip', () => {
  it.each([
    ['yelescope ', 'telescope'], ['etlescope ', 'telescope'], ['telescoep ', 'telescope'], ['tlescope ', 'telescope'], ['ttelescope ', 'telescope'], ['telezkope ', 'telescope'],
    ['telescpoes ', 'telescope'], ['nieghbor ', 'neighbour'], ['zchiff ', 'schiff'], ['дурзья ', 'друзья'], ['δρομσς ', 'δρομος'.replace(/ς/g, 'σ')],
  ])('%sis searched as %s, and that is said', async (typed, meant) => {
    const answer = await ask(library, typed)
    expect(answer.hits.length).toBeGreaterThan(0)
    expect(answer.notes).toContain(`Nothing has "${typed.trim()}" in it: searched for "${meant}".`)
  })

  it('of a few letters is another word, and so is a number', async () => {
    for (const typed of ['teh ', 'hte ', '2015 ', 'b2014 ', '"telescpe" ']) {
      const { hits, notes } = await ask(library, typed)
      expect([hits, notes.filter((note) => note.includes('searched for'))], typed).toEqual([[], []])
    }
  })

  it('that somebody has made in the library is looked for as what it should have been too, after it', async () => {
    const answer = await ask(library, 'huricane ')
    expect(answer.hits[0]?.title).toBe('Slip')
    expect(answer.hits).toHaveLength(13)
    expect(answer.notes).toEqual(['Few scenes have "huricane": searched for "hurricane" too.'])
  })
})

describe('a word is the same', () => {
  it.each([
    ['STRASSE', '«Straße»'], ['straße', '«Straße»'], ['strasse', '«Straße»'], ['δρομος', '«ΔΡΟΜΟΣ»'], ['ΔΡΌΜΟΣ', '«ΔΡΟΜΟΣ»'], ['ежик', '«Ёжик»'], ['ЁЖИК', '«Ёжик»'], ['йод', '«йод»'],
    ['שלום', '«שלום»'], ['שָׁלוֹם', '«שלום»'], ['עולם', '«עוֹלָם»'], ['كتاب', '«كِتَابٌ»'], ['احمد', '«أحمد»'], ['مدرسه', null], ['المدرسه', '«المدرسة»'],
    ['istanbul', '«İstanbul»'], ['ISTANBUL', '«İstanbul»'], ['ilik', '«ılık»'], ['हिन्दी', '«हिन्दी»'], ['NASA', '«ＮＡＳＡ»'], ['ロケット', '«ﾛｹｯﾄ»'], ['ﾃﾞｶ', '«デカ»い'],
    ['北京', '«北京»'], ['吃饭', '«吃饭»'], ['ガラス', '«ガラス»'], ['서울', `«${'서울'.normalize('NFD')}»`], ['กินข้าว', '«กินข้าว»'], ['กัน', '«กัน»'],
    ['it\'s', '«It’s»'], ['l\'avion', '«l’avion»'], ['avion', 'l’«avion»'], ['email', '«email»'], ['e-mail', '«e-mail»'],
  ])('%s', async (query, expected) => {
    const found = await ask(library, `${query} `)
    const texts = found.hits.flatMap(({ reasons: why }) => why.map(({ text }) => text))
    if (expected === null) expect(texts).toEqual([])
    else expect(texts.join(' ')).toContain(expected)
  })

  it('with a hyphen and without', async () => {
    expect(spans(await ask(library, 'e-mail '))).toEqual(expect.arrayContaining(['Trains 40-50', 'Trains 60-70']))
  })

  it('but not where only the sounds on its letters differ in a script that is written by them', async () => {
    expect(spans(await ask(library, 'กิน '))).toEqual(['ภาษาไทย 0-10'])
    expect(spans(await ask(library, 'กุน '))).toEqual([])
    expect(spans(await ask(library, 'иод '))).toEqual([])
  })
})
