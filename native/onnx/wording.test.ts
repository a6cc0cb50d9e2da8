import { describe, expect, it } from 'vitest'
import { wordingOf } from './wording.ts'

describe('how a model wants its texts', () => {
  const text = 'A Dog,  "running" -- at Zürich\'s beach!'
  it('small letters for SigLIP 2, whose published tokenizer makes none', () => {
    const siglip2 = wordingOf('siglip', 'GemmaTokenizer')
    expect(siglip2.worded(text)).toBe('a dog,  "running" -- at zürich\'s beach!')
    expect(siglip2).toMatchObject({ usesMask: false, usualLength: 64 })
    expect(wordingOf('siglip2', 'GemmaTokenizerFast').worded('TeSt')).toBe('test')
  })

  it('no punctuation either for SigLIP', () => {
    expect(wordingOf('siglip', 'SiglipTokenizer').worded(text)).toBe('a dog running at zürichs beach')
  })

  it('as they are for CLIP and for models of texts', () => {
    expect(wordingOf('clip', 'CLIPTokenizer').worded(text)).toBe(text)
    expect(wordingOf('clip', 'CLIPTokenizer')).toMatchObject({ usesMask: true, usualLength: 77 })
    expect(wordingOf('bert', 'BertTokenizer')).toMatchObject({ usesMask: true, usualLength: null })
    expect(wordingOf('xlm-roberta', 'XLMRobertaTokenizer').worded(text)).toBe(text)
  })
})
