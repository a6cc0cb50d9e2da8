import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseResult } from './parse-result.ts'

/** As whisper-cli 1.9.1 wrote it (-ojf -l auto) for jfk.wav with a model of weights from a dice; only the system's description is shortened. */
const WRITTEN = `{
  "systeminfo": "WHISPER : COREML = 0 | OPENVINO = 0 | CPU : SSE3 = 1 | ",
  "model": {
    "type": "tiny",
    "multilingual": true,
    "vocab": 51865,
    "audio": {
      "ctx": 1500,
      "state": 64,
      "head": 1,
      "layer": 4
    },
    "text": {
      "ctx": 448,
      "state": 64,
      "head": 1,
      "layer": 4
    },
    "mels": 80,
    "ftype": 1
  },
  "params": {
    "model": "nonsense.bin",
    "language": "auto",
    "translate": false
  },
  "result": {
    "language": "kn"
  },
  "transcription": [
    {
      "timestamps": {
        "from": "00:00:00,120",
        "to": "00:00:07,520"
      },
      "offsets": {
        "from": 120,
        "to": 7520
      },
      "text": " приг",
      "tokens": [
        {
          "text": " приг",
          "timestamps": {
            "from": "00:00:00,450",
            "to": "00:00:07,520"
          },
          "offsets": {
            "from": 450,
            "to": 7520
          },
          "id": 42619,
          "p": 0.000676344,
          "t_dtw": -1
        },
        {
          "text": "[_TT_376]",
          "timestamps": {
            "from": "00:00:07,520",
            "to": "00:00:07,520"
          },
          "offsets": {
            "from": 7520,
            "to": 7520
          },
          "id": 50740,
          "p": 0.000507334,
          "t_dtw": -1
        }
      ]
    }
  ]
}
`.replace(/^ +/gm, (indent) => '\t'.repeat(indent.length / 2))

type Token = [text: string | Uint8Array, from: number, to: number, p?: number | 'nan']

const quoted = (text: string | Uint8Array): string => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text)
  return `"${bytes.toString('latin1').replace(/["\\]/g, '\\$&')}"`
}

/** A result with one segment, written as whisper-cli writes it: by hand, byte by byte, in lines. */
function written(tokens: Token[], { from, to, language = 'en' }: { from: number, to: number, language?: string }): Uint8Array {
  const times = (start: number, end: number): string => `"offsets": {\n"from": ${String(start)},\n"to": ${String(end)}\n}`
  const token = ([part, start, end, p = 0.5]: Token): string => `\t{\n"text": ${quoted(part)},\n${times(start, end)},\n"id": 1,\n"p": ${String(p)},\n"t_dtw": -1\n}`
  const text = Buffer.concat(tokens.map(([part]) => Buffer.from(part))).toString('latin1').replace(/\[_[A-Z_0-9]+\]/g, '')
  const segment = `{\n${times(from, to)},\n"text": ${quoted(Buffer.from(text, 'latin1'))},\n"tokens": [\n${tokens.map(token).join(',\n')}\n]\n}`
  const json = `{\n"result": {\n"language": "${language}"\n},\n"transcription": [\n${segment}\n]\n}\n`
  return Buffer.from(json, 'latin1')
}

type Word = [text: string, start: number, end: number, confidence: number]

function words(tokens: Token[], segment = { from: 0, to: 10_000, language: 'en' }): Word[] {
  const heard = parseResult(written(tokens, segment), 0).segments.flatMap((one) => one.words)
  return heard.map(({ text, start, end, confidence }) => [text, start, end, confidence])
}

describe('a result of whisper-cli', () => {
  it('is read as it is written', () => {
    expect(parseResult(Buffer.from(WRITTEN), 3)).toEqual({
      index: 3, language: 'kn', segments: [{ text: 'приг', start: 0.12, end: 7.52, words: [{ text: 'приг', start: 0.45, end: 7.52, confidence: 0.001 }] }],
    })
  })

  it('gives words, not the parts they are made of, marks or punctuation', () => {
    expect(words([
      ['[_BEG_]', 0, 0], [' And', 0, 300, 0.9], [' so', 300, 700, 0.8], [',', 700, 800, 0.3], [' my', 900, 1000, 0.9], [' fellow', 1000, 1400, 0.9],
      [' Americ', 1400, 1900, 0.9], ['ans', 1900, 2300, 0.4], [' don', 2300, 2500, 0.5], ['\'t', 2500, 2600, 0.5], ['...', 2600, 2600], ['[_TT_150]', 3000, 3000],
    ])).toEqual([
      ['And', 0, 0.3, 0.9], ['so', 0.3, 0.7, 0.8], ['my', 0.9, 1, 0.9], ['fellow', 1, 1.4, 0.9], ['Americans', 1.4, 2.3, 0.6], ['don\'t', 2.3, 2.6, 0.5],
    ])
  })

  it('gives words of languages that have no spaces', () => {
    const thanks: Token[] = [['ご', 0, 100], ['視', 100, 200], ['聴', 200, 400], ['ありがとう', 400, 900], ['。', 900, 1000]]
    expect(words(thanks, { from: 0, to: 1600, language: 'ja' }).map(([text, start, end]) => [text, start, end])).toEqual([
      ['ご', 0, 0.1], ['視聴', 0.1, 0.4], ['ありがとう', 0.4, 0.9],
    ])
    expect(words([['今天北京', 0, 400]], { from: 0, to: 400, language: 'zh' }).map(([text, start, end]) => [text, start, end])).toEqual([['今天', 0, 0.2], ['北京', 0.2, 0.4]])
    const chinese: Token[] = [['我们', 0, 400], ['今天', 400, 800], ['去', 800, 1000], ['Beijing', 1000, 1500], ['吃', 1500, 1700]]
    expect(words(chinese, { from: 0, to: 1700, language: 'zh' }).map(([text]) => text)).toEqual(['我们', '今天', '去', 'Beijing', '吃'])
  })

  it('puts characters together that are spread over tokens, as releases before 1.9 leave them', () => {
    const [one, two] = [Buffer.from('視'), Buffer.from('🚀')]
    expect(words([
      [one.subarray(0, 2), 0, 100, 0.9], [one.subarray(2), 100, 200, 0.4], ['聴', 200, 400, 0.6], [' ', 400, 400], [two.subarray(0, 1), 400, 500], [two.subarray(1), 500, 600], ['です', 600, 800],
    ], { from: 0, to: 1000, language: 'ja' })).toEqual([['視聴', 0, 0.4, 0.6], ['です', 0.6, 0.8, 0.5]])
    expect(parseResult(written([[one.subarray(0, 2), 0, 100]], { from: 0, to: 100, language: 'ja' }), 0).segments).toMatchObject([{ text: '\uFFFD', words: [] }])
  })

  it('is read with line breaks in a text and numbers that are none, as they are written', () => {
    expect(words([[' "one"\n', 0, 100, 'nan'], [' back\\slash', 100, 200, 1], [' : nan,\n', 200, 300, 1], ['\u0001\t', 300, 300]]).map(([text]) => text)).toEqual(['one', 'back', 'slash', 'nan'])
  })

  it('without tokens has text and no words', () => {
    const { said, nothing } = { said: '{"offsets": {"from": 0, "to": 900}, "text": " Guten Tag."}', nothing: '{"offsets": {"from": 900, "to": 900}, "text": " "}' }
    const plain = Buffer.from(`{"result": {"language": "de"}, "transcription": [${said}, ${nothing}]}`)
    expect(parseResult(plain, 0)).toEqual({ index: 0, language: 'de', segments: [{ text: 'Guten Tag.', start: 0, end: 0.9, words: [] }] })
  })

  it('has times as the model says them, and words inside their segment', () => {
    const piece = parseResult(written([[' early', -500, 200], [' back', 900, 1200], [' wards', 400, 300], [' late', 5000, 9000]], { from: 100, to: 2000 }), 0)
    expect(piece.segments[0]).toMatchObject({ start: 0.1, end: 2 })
    expect(piece.segments[0]?.words.map(({ start, end }) => [start, end])).toEqual([[0.1, 0.2], [0.9, 1.2], [0.9, 0.9], [2, 2]])
    expect(parseResult(written([[' x', 100, 200]], { from: 3000, to: 1000 }), 0).segments[0]).toMatchObject({ start: 3, end: 1, words: [{ start: 3, end: 3 }] })
  })

  it('whatever its tokens are, has words in order and inside their segment', () => {
    const time = fc.integer({ min: -9000, max: 40_000 })
    const text = fc.oneof(fc.string(), fc.uint8Array({ max: 255, maxLength: 4 }))
    const token = fc.tuple(text, time, time, fc.constantFrom<(number | 'nan')[]>(0, 1, 0.5, 1e-9, 'nan'))
    fc.assert(fc.property(fc.array(token), fc.integer({ min: 0, max: 15_000 }), fc.integer({ min: 0, max: 15_000 }), (tokens, from, length) => {
      let latest = from / 1000
      for (const [word, start, end, confidence] of words(tokens, { from, to: from + length, language: 'ja' })) {
        expect(word).not.toBe('')
        expect(start).toBeGreaterThanOrEqual(latest)
        expect(end).toBeGreaterThanOrEqual(start)
        expect(end).toBeLessThanOrEqual((from + length) / 1000)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        latest = start
      }
    }), { numRuns: 300 })
  })

  it.each(['', '{', '[]', '{"result": {}}', '{"result": {"language": "en"}, "transcription": [{"text": 1}]}'])('that is none says so: %j', (text) => {
    expect(() => parseResult(Buffer.from(text), 0)).toThrow(expect.objectContaining({ code: 'DECODE_FAILED' }))
  })
})
