import { describe, expect, it } from 'vitest'
import { folded, indexedText, indexPhrase, textTokens } from './index-text.ts'

describe('the text of the word index', () => {
  it('is as it was where words have spaces', () => {
    expect(indexedText('Das Café ist schön.')).toBe('Das Café ist schön.')
  })

  it('has pairs of characters where they have none', () => {
    expect(indexedText('東京タワーは高い')).toBe(' 東京 京タ タワ ワー ーは は高 高い い ')
    expect(indexedText('NASA東京')).toBe('NASA 東京 京 ')
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

  it('is pointed at word by word', () => {
    expect(textTokens('NASA’s 東京!')).toEqual([
      { text: 'nasa', from: 0, to: 4 }, { text: 's', from: 5, to: 6 }, { text: '東', from: 7, to: 8 }, { text: '京', from: 8, to: 9 },
    ])
  })
})
