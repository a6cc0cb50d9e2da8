import { describe, expect, it } from 'vitest'
import { folded, foldedWithPlaces } from './folded-text.ts'
import { indexedText, indexPhrase, textTokens, wordsOf } from './index-text.ts'

describe('the text of the word index', () => {
  it('is folded where words have spaces', () => {
    expect(indexedText('Das Café ist schön.')).toBe('das cafe ist schon.')
  })

  it('has pairs of characters where they have none', () => {
    expect(indexedText('東京タワーは高い')).toBe(' 東京 京タ タワ ワー ーは は高 高い い ')
    expect(indexedText('NASA東京')).toBe('nasa 東京 京 ')
    expect(indexedText('고양이가 집에')).toBe(' 고양 양이 이가 가   집에 에 ')
  })

  it('goes on over a line break within a word', () => {
    expect(indexedText('東\n京')).toBe(' 東京 京 ')
  })

  it('is asked for in the same pieces', () => {
    expect(indexPhrase('東京タ')).toEqual({ tokens: ['東京', '京タ'], isPrefix: false })
    expect(indexPhrase('東')).toEqual({ tokens: ['東'], isPrefix: true })
    expect(indexPhrase('NASA’s 東京 Tower')).toEqual({ tokens: ['nasa', 's', '東京', '京', 'tower'], isPrefix: false })
    expect(indexPhrase('?!')).toEqual({ tokens: [], isPrefix: false })
  })

  it('knows neither accents nor capitals nor wide letters, and keeps what only looks like an accent', () => {
    expect(folded('CAFÉ')).toBe('cafe')
    expect(folded('ＮＡＳＡ')).toBe('nasa')
    expect(folded('ガラス')).toBe('ガラス')
    expect(folded('한국')).toBe('한국')
  })

  it.each([
    ['Straße', 'STRASSE'], ['ﬁnal', 'final'], ['œuvre', 'oeuvre'], ['Łódź', 'lodz'], ['Smørrebrød', 'smorrebrod'], ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'], ['ὁδός', 'οδοσ'],
    ['İstanbul', 'istanbul'], ['ısı', 'ISI'], ['ёжик', 'ЕЖИК'], ['שָׁלוֹם', 'שלום'], ['كِتَابٌ', 'كتاب'], ['أحمد', 'احمد'], ['کتاب', 'كتاب'], ['Dampf\u00adschiff', 'dampfschiff'],
    ['ｶﾞﾗｽ', 'ガラス'], ['한국'.normalize('NFD'), '한국'], ['Ｔｏｋｙｏ', 'tokyo'], ['Tiếng Việt', 'tieng viet'], ['п’ять', 'п’ять'], ['1\ufe0f', '1'],
  ])('is the same for %s and %s', (a, b) => { expect(folded(a)).toBe(folded(b)) })

  it('tells apart what people tell apart', () => {
    expect(folded('йод')).toBe('йод')
    expect(folded('กิน')).not.toBe(folded('กัน'))
    expect(folded('हिन्दी')).toBe('हिन्दी'.normalize('NFC'))
  })

  it.each(['Straße ﬁne ﾊﾞｽ', 'ＡＢ한글', '한국어'.normalize('NFD'), 'שָׁלוֹם עולם', 'Dampf\u00adschiff', '👨‍👩‍👧 1️⃣ ½', '\ud800x'])('knows where the letters of %j come from', (text) => {
    const { text: plain, from, to } = foldedWithPlaces(text)
    expect(plain).toBe(folded(text))
    expect([from.length, to.length]).toEqual([plain.length, plain.length])
    for (const [at, place] of from.entries()) expect(folded(text.slice(place, to[at]))).toContain(plain[at])
  })

  it('is pointed at in the text as it was written', () => {
    const pointed = (text: string): string[] => textTokens(text).map(({ text: token, from, to }) => `${token}=${text.slice(from, to)}`)
    expect(pointed('Die Straße: ﾊﾞｽ')).toEqual(['die=Die', 'strasse=Straße', 'ハ=ﾊﾞ'.replace('ハ', 'バ'), 'ス=ｽ'])
    expect(pointed('שָׁלוֹם!')).toEqual(['שלום=שָׁלוֹם'])
    expect(pointed('한국'.normalize('NFD'))).toEqual([`한=${'한'.normalize('NFD')}`, `국=${'국'.normalize('NFD')}`])
  })

  it('has words of letters alone', () => {
    expect(wordsOf(['the cat’s 2nd year 2024 in', '東京 京 tower cat'])).toEqual(['the', 'cat', 'year', 'tower'])
  })

  it('is pointed at word by word', () => {
    expect(textTokens('NASA’s 東京!')).toEqual([
      { text: 'nasa', from: 0, to: 4 }, { text: 's', from: 5, to: 6 }, { text: '東', from: 7, to: 8 }, { text: '京', from: 8, to: 9 },
    ])
  })
})
