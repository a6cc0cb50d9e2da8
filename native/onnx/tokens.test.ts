import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { models, pictureStandin, sentenceStandin, tokenizerOnly } from './test-models.ts'
import { wordPiece } from './test-word-piece.ts'
import { openTokens } from './tokens.ts'

// Written down on 2026-11-21 as `wordPiece` gives them; both have to agree for ever.
const expected: [text: string, ids: number[]][] = [
  ['A dog runs across the beach.', [101, 1037, 3899, 3216, 2408, 1996, 3509, 1012, 102]],
  ['Crème brûlée à la carte, s\'il vous plaît!', [101, 13675, 21382, 7987, 9307, 2063, 1037, 2474, 11122, 2063, 1010, 1055, 1005, 6335, 29536, 2271, 20228, 4886, 2102, 999, 102]],
  ['naïve Ångström Łódź straße', [101, 15743, 17076, 15687, 17814, 2358, 27807, 102]],
  ['東京タワーへ行く', [101, 1879, 1755, 1709, 30262, 30265, 30201, 1945, 1653, 102]],
  ['北京 is the capital of 中国', [101, 1781, 1755, 2003, 1996, 3007, 1997, 1746, 1799, 102]],
  ['Привет, мир!', [101, 1194, 16856, 10325, 25529, 15290, 22919, 1010, 1191, 10325, 16856, 999, 102]],
  ['हिन्दी 한국어', [101, 1339, 29877, 29863, 29861, 29878, 1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 102]],
  ['rocket 🚀 launched 👩‍🚀 today', [101, 7596, 100, 3390, 100, 2651, 102]],
  ['pneumonoultramicroscopicsilicovolcanoconiosis', [101, 1052, 2638, 2819, 17175, 11314, 6444, 2594, 7352, 26461, 27572, 11261, 6767, 15472, 6761, 8663, 10735, 2483, 102]],
  ['x'.repeat(101), [101, 100, 102]],
  ['it\'s 3:45pm -- don\'t worry (really)...', [101, 2009, 1005, 1055, 1017, 1024, 3429, 9737, 1011, 1011, 2123, 1005, 1056, 4737, 1006, 2428, 1007, 1012, 1012, 1012, 102]],
  ['email@example.com costs $5.99 & 20%', [101, 10373, 1030, 2742, 1012, 4012, 5366, 1002, 1019, 1012, 5585, 1004, 2322, 1003, 102]],
  ['   \t\n  spaces\u00a0and\u3000more  ', [101, 7258, 1998, 2062, 102]],
  ['a\u200db\u0000c\ufffdd', [101, 5925, 2094, 102]],
  ['', [101, 102]],
]

describe.skipIf(!existsSync(models))('the tokens of a text (skipped without the shared models)', () => {
  it.each(['all-MiniLM-L6-v2', 'gte-small'])('are those of BERT for %s: accents, Chinese, emoji, long words, punctuation', async (name) => {
    const model = tokenizerOnly(name)
    const tokens = await openTokens(model)
    const reference = wordPiece(path.join(model.folder, 'vocab.txt'))
    for (const [text, ids] of expected) {
      expect(reference(text), text).toEqual(ids)
      expect(tokens.encode(text), text).toEqual(ids)
    }
  })

  it('are those of CLIP for the stand-in of CLIP', async () => {
    const tokens = await openTokens(pictureStandin())
    expect(tokens.encode('a photo of a cat')).toEqual([49406, 320, 1125, 539, 320, 2368, 49407])
    expect(tokens.encode('A  Photo, of CATS!')).toEqual([49406, 320, 1125, 267, 539, 3989, 256, 49407])
    expect(tokens).toMatchObject({ most: 77, pad: 49407, usesMask: true })
  })

  it('end with the mark of the end, also where a text is cut', async () => {
    const clip = (await openTokens(pictureStandin())).encode('dog '.repeat(200))
    expect([clip.length, clip[0], clip.at(-2), clip.at(-1)]).toEqual([77, 49406, 1929, 49407])
    const bert = (await openTokens(sentenceStandin())).encode('dog '.repeat(600))
    expect([bert.length, bert[0], bert.at(-2), bert.at(-1)]).toEqual([512, 101, 3899, 102])
    const short = (await openTokens(tokenizerOnly('gte-small', { contextLength: 5 }))).encode('a dog runs across the beach')
    expect(short).toEqual([101, 1037, 3899, 3216, 102])
  })

  it('have the length that the model knows places for, where its tokenizer names none', async () => {
    expect((await openTokens(tokenizerOnly('gte-small'))).most).toBe(512)
  })
})

describe('a tokenizer that is damaged', () => {
  it('is said to be so, with the name of the file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-tokens-'))
    const model = { ...sentenceStandin(folder), folder }
    try {
      await expect(openTokens(model)).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: 'The model sentence-standin can not be used: tokenizer.json is missing.' })
      for (const text of ['{', '{}', '[]', '{"model": {"type": "Nobody"}}']) {
        writeFileSync(path.join(folder, 'tokenizer.json'), text)
        await expect(openTokens(model), text).rejects.toMatchObject({ code: 'MODEL_DAMAGED', message: expect.stringContaining('tokenizer.json is not what it should be') as string })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
