import { describe, expect, it } from 'vitest'
import type { SubtitleDocument } from '../../piece-ports.ts'
import { lineText } from './cue.ts'
import { readDocument } from './read-document.ts'
import { segmentRows } from './segments.ts'

const NEVER = new AbortController().signal
const ASS_HEADER = '[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n'

type Shown = [start: number, end: number, text: string]

async function read(format: SubtitleDocument['format'], text: string, endSeconds = 100): Promise<{ shown: Shown[], repairs: Record<string, number> }> {
  const { cues, repairs } = await readDocument({ format, bytes: Buffer.from(text), zeroSeconds: 0 }, endSeconds, NEVER)
  return { shown: cues.map((cue) => [cue.startSeconds, cue.endSeconds, cue.lines.map(lineText).join(' | ')]), repairs: { ...repairs } }
}

async function shownOf(format: SubtitleDocument['format'], text: string, endSeconds = 100): Promise<Shown[]> {
  return (await read(format, text, endSeconds)).shown
}

function srtOf(text: string): string {
  return `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`
}

function assOf(...texts: string[]): string {
  return ASS_HEADER + texts.map((text, index) => `Dialogue: 0,0:00:0${String(index + 1)}.00,0:00:0${String(index + 2)}.00,Default,,0,0,0,,${text}\n`).join('')
}

async function wordsOf(format: SubtitleDocument['format'], text: string, language: string | null = 'en'): Promise<[string, number, number][][]> {
  const { cues } = await readDocument({ format, bytes: Buffer.from(text), zeroSeconds: 0 }, 100, NEVER)
  return segmentRows(cues, { name: 'sidecar:a', language }).map((row) => row.words.map((word) => [word.text, word.start, word.end]))
}

describe('what a viewer reads of a SubRip cue', () => {
  it.each([
    ['<i>Hello</i>, <b>world</b>', 'Hello, world'],
    ['<font color="#ff0000" size=\'3\'>Red</font> text', 'Red text'],
    ['{\\an8}At the top', 'At the top'],
    ['{\\pos(10,20)\\fad(1,2)}Here', 'Here'],
    ['{y:i}Old style', 'Old style'],
    ['First<br>second<BR/>third', 'First | second | third'],
    ['One\\Ntwo\\hthree', 'One | two three'],
    ['Tom &amp; Jerry &lt;3 caf&eacute; &#39;n&#x27; more', "Tom & Jerry <3 café 'n' more"],
    ['&amp;lt;', '&lt;'],
    ['I <3 you, a < b > c', 'I <3 you, a < b > c'],
    ['AT&T & co', 'AT&T & co'],
    ['unclosed <i>tag', 'unclosed tag'],
    ['an <unfinished', 'an <unfinished'],
    ['- Who?\n- You.', 'Who? | You.'],
    ['>> NEWS: good evening', 'NEWS: good evening'],
    ['-Sí.\n–No.', 'Sí. | No.'],
    ['-5 degrees', '-5 degrees'],
    ['<i>- Who?</i>', 'Who?'],
    ['[Music]\n(applause)', '[Music] | (applause)'],
    ['♪ la la ♪', '♪ la la ♪'],
    ['JOHN: Come in.', 'JOHN: Come in.'],
    ['  two   spaces\t here ', 'two spaces here'],
    ['zero\u200Bwidth \u202Bmark\u202C', 'zerowidth mark'],
    ['e\u0301t\u00E9', 'été'],
    ['\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
  ])('%j is %j', async (written, text) => {
    expect(await shownOf('srt', srtOf(written))).toEqual([[1, 2, text]])
  })
})

describe('what a viewer reads of a WebVTT cue', () => {
  it.each([
    ['<v Mary Ann>Hello</v> there', 'Hello there'],
    ['<v.loud.first Esme>Hi', 'Hi'],
    ['<c.yellow.bg_blue>Yellow</c> <lang en-GB>colour</lang>', 'Yellow colour'],
    ['<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>を読む', '漢字を読む'],
    ['a&nbsp;b &lrm;c', 'a b c'],
  ])('%j is %j', async (written, text) => {
    expect(await shownOf('vtt', `WEBVTT\n\n00:01.000 --> 00:02.000\n${written}\n`)).toEqual([[1, 2, text]])
  })

  it('holds no header, notes, styles, regions, settings or names of cues', async () => {
    const document = 'WEBVTT - title\nKind: captions\nLanguage: en\n\nNOTE a note\nover two lines\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\nwidth:40%\n\nintro\n00:00:01.000 --> 00:00:02.000 region:fred align:start line:0 position:10%\nFirst\n\n2\n00:02.000 --> 00:03.500\nSecond\n'
    expect(await shownOf('vtt', document)).toEqual([[1, 2, 'First'], [2, 3.5, 'Second']])
  })
})

describe('what a viewer reads of an ASS line', () => {
  it('is without overrides, drawings and comments', async () => {
    const document = assOf('{\\i1}Hello{\\i0}, world\\Nsecond\\hline', '{\\p1}m 0 0 l 100 0 100 100{\\p0}shown', '{a comment}Read, with a comma', '{\\p4\\pos(1,2)}m 10 10 b 5 5 5 5 5 5')
      + 'Comment: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,not shown\n'
    expect(await shownOf('ass', document)).toEqual([[1, 2, 'Hello, world | second line'], [2, 3, 'shown'], [3, 4, 'Read, with a comma']])
  })

  it('is found in the older SSA too', async () => {
    const ssa = '[Script Info]\nScriptType: v4.00\n\n[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: Marked=0,0:00:01.50,0:00:03.25,Default,NTP,0000,0000,0000,!Effect,Et les enfants\n'
    expect(await shownOf('ass', ssa)).toEqual([[1.5, 3.25, 'Et les enfants']])
  })

  it('is read without a format line, with other sections behind it and spaces in odd places', async () => {
    const document = '[events]\r\nDialogue : 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,First\r\n\r\nDialogue:0, 0:00:02.00 ,0:00:03.00,Default,,0,0,0,,Second\r\n[Fonts]\r\nfontname: a.ttf\r\n!!!Dialogue: 0,0:00:04.00\r\n'
    expect(await shownOf('ass', document)).toEqual([[1, 2, 'First'], [2, 3, 'Second']])
  })
})

describe('times written carelessly', () => {
  it.each([
    ['00:00:01.000 --> 00:00:02.000'], ['0:0:1,0 --> 0:0:2,0'], ['00:01,000 --> 00:02,000'], ['00:00:01,000-->00:00:02,000'],
    ['00:00:01:000 -> 00:00:02:000'], ['00: 00: 01, 000 --> 00: 00: 02, 000'], ['00:00:01,000 --> 00:00:02,000  X1:10 X2:20 Y1:1 Y2:2'],
    ['00:00:01,000000 –> 00:00:02,000000'],
  ])('%j is a second long', async (timing) => {
    expect(await shownOf('srt', `1\n${timing}\nHello\n`)).toEqual([[1, 2, 'Hello']])
  })

  it('are all that parts cues when empty lines are missing or in the text', async () => {
    const document = '1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n\nand more\n \n3\n00:00:03,000 --> 00:00:04,000\n2001\n\n\n\n00:00:05,000 --> 00:00:06,000\nFour'
    expect(await shownOf('srt', document)).toEqual([[1, 2, 'One'], [2, 3, 'Two | and more'], [3, 4, '2001'], [5, 6, 'Four']])
  })
})

describe('times that can not be read', () => {
  it.each([
    ['srt', '1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:xx,000 --> 00:0000,000\nLost\n\n3\n00:00:03,000 --> 00:00:04,000\nThree\n'],
    ['vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:99:01.000 --> soon\nLost\n\n00:03.000 --> 00:04.000\nThree\n'],
  ] as const)('lose their cue and no other: %s', async (format, document) => {
    expect(await shownOf(format, document)).toEqual([[1, 2, 'One'], [3, 4, 'Three']])
  })

  it('are not meant by an arrow in the text', async () => {
    expect(await shownOf('srt', srtOf('A --> B'))).toEqual([[1, 2, 'A → B']])
  })
})

function cues(...shown: [string, string, string][]): string {
  return shown.map(([start, end, text]) => `${start} --> ${end}\n${text}\n\n`).join('')
}

describe('cues are repaired', () => {
  it('that are out of order', async () => {
    expect(await shownOf('srt', cues(['00:05,000', '00:06,000', 'b'], ['00:01,000', '00:02,000', 'a']))).toEqual([[1, 2, 'a'], [5, 6, 'b']])
  })

  it('that are there twice', async () => {
    const { shown, repairs } = await read('srt', cues(['00:01,000', '00:02,000', 'a'], ['00:01,000', '00:02,000', 'a'], ['00:03,000', '00:04,000', 'b']))
    expect(shown).toEqual([[1, 2, 'a'], [3, 4, 'b']])
    expect(repairs).toEqual({ outside: 0, withoutLength: 0, doubled: 1, rolled: 0, shortened: 0 })
  })

  it('that run into the next one', async () => {
    const { shown, repairs } = await read('srt', cues(['00:01,000', '00:04,000', 'a'], ['00:03,000', '00:05,000', 'b']))
    expect(shown).toEqual([[1, 3, 'a'], [3, 5, 'b']])
    expect(repairs.shortened).toBe(1)
  })

  it('that are shown together: they become one', async () => {
    expect(await shownOf('srt', cues(['00:01,000', '00:02,000', 'a'], ['00:01,040', '00:03,000', 'b'], ['00:01,100', '00:02,000', 'c']))).toEqual([[1, 1.1, 'a | b'], [1.1, 2, 'c']])
  })

  it('that end before they start or at once: they get the time it takes to read them', async () => {
    const { shown, repairs } = await read('srt', cues(['00:05,000', '00:04,000', 'short'], ['00:10,000', '00:10,000', 'thirty characters of some text'], ['00:20,000', '00:20,000', 'x'], ['00:20,500', '00:21,000', 'next']))
    expect(shown).toEqual([[5, 6, 'short'], [10, 12, 'thirty characters of some text'], [20, 20.5, 'x'], [20.5, 21, 'next']])
    expect(repairs).toMatchObject({ withoutLength: 3, shortened: 1 })
  })

  it('that run past the end of the video or begin after it', async () => {
    const { shown, repairs } = await read('srt', cues(['00:01,000', '00:09,000', 'a'], ['00:04,000', '00:05,000', 'b'], ['01:00:00,000', '01:00:01,000', 'c']), 3.5)
    expect(shown).toEqual([[1, 3.5, 'a']])
    expect(repairs).toMatchObject({ outside: 2, shortened: 1 })
  })

  it('that begin before the first picture', async () => {
    const document = Buffer.from(cues(['00:08,000', '00:09,000', 'before'], ['00:09,000', '00:11,500', 'over it'], ['00:12,000', '00:13,000', 'after']))
    const read = await readDocument({ format: 'srt', bytes: document, zeroSeconds: 10 }, 100, NEVER)
    expect(read.cues.map((cue) => [cue.startSeconds, cue.endSeconds])).toEqual([[0, 1.5], [2, 3]])
    expect(read.repairs.outside).toBe(1)
  })
})

describe('rolling captions are said once', () => {
  it('as YouTube writes them, with the time of each word', async () => {
    const document = `WEBVTT
Kind: captions
Language: en

00:00:01.000 --> 00:00:03.000 align:start position:0%
 
we<00:00:01.500><c> have</c><00:00:02.200><c> liftoff</c>

00:00:03.000 --> 00:00:03.010 align:start position:0%
we have liftoff
 

00:00:03.010 --> 00:00:05.000 align:start position:0%
we have liftoff
of<00:00:03.600><c> the</c><00:00:04.000><c> shuttle</c>
`
    expect(await shownOf('vtt', document)).toEqual([[1, 3, 'we have liftoff'], [3, 5, 'of the shuttle']])
    expect(await wordsOf('vtt', document)).toEqual([
      [['we', 1, 1.5], ['have', 1.64, 2.2], ['liftoff', 2.3, 3]],
      [['of', 3, 3.6], ['the', 3.7, 4], ['shuttle', 4.125, 5]],
    ])
  })

  it('as two and three lines roll up', async () => {
    const document = cues(['00:01,000', '00:02,000', 'A one'], ['00:02,000', '00:03,000', 'A one\nB two'], ['00:03,000', '00:04,000', 'A one\nB two\nC three'], ['00:04,000', '00:05,000', 'B two\nC three\nD four'], ['00:05,000', '00:06,000', 'D four'])
    const { shown, repairs } = await read('srt', document)
    expect(shown).toEqual([[1, 2, 'A one'], [2, 3, 'B two'], [3, 4, 'C three'], [4, 6, 'D four']])
    expect(repairs.rolled).toBe(4)
  })

  it('as a line grows by words', async () => {
    const document = cues(['00:01,000', '00:02,000', 'The quick'], ['00:02,000', '00:03,000', 'The quick brown'], ['00:03,000', '00:04,000', 'The quick brown fox\njumps'])
    expect(await shownOf('srt', document)).toEqual([[1, 3, 'The quick brown fox'], [3, 4, 'jumps']])
  })

  it('and what is said again after a pause, or in other words, stays', async () => {
    expect(await shownOf('srt', cues(['00:01,000', '00:02,000', 'No.'], ['00:03,000', '00:04,000', 'No.'], ['00:04,000', '00:06,000', 'Notice it.']))).toEqual([[1, 2, 'No.'], [3, 4, 'No.'], [4, 6, 'Notice it.']])
  })
})

describe('words', () => {
  it('are spread over the cue by their length', async () => {
    expect(await wordsOf('srt', cues(['00:00,000', '00:10,000', 'ab cde, f-g']))).toEqual([[['ab', 0, 1.818], ['cde', 2.727, 5.455], ['f', 7.273, 8.182], ['g', 9.091, 10]]])
  })

  it('have the times of karaoke syllables', async () => {
    expect(await wordsOf('ass', assOf('{\\k20}ka{\\k40}ra {\\kf40}oke'))).toEqual([[['kara', 1, 1.467], ['oke', 1.6, 2]]])
  })

  it('have the times inside a cue, also where they count from its start', async () => {
    const words = [[['one', 10, 10.75], ['two', 11, 12]]]
    expect(await wordsOf('vtt', 'WEBVTT\n\n00:10.000 --> 00:12.000\none <00:11.000>two\n')).toEqual(words)
    expect(await wordsOf('vtt', 'WEBVTT\n\n00:10.000 --> 00:12.000\none <00:01.000>two\n')).toEqual(words)
  })

  it('ignore times that go back or lie outside', async () => {
    expect(await wordsOf('vtt', 'WEBVTT\n\n00:10.000 --> 00:12.000\n<00:11.000>a <00:10.500>b <00:50.000>c\n')).toEqual([[['a', 11, 11.2], ['b', 11.4, 11.6], ['c', 11.8, 12]]])
  })

  it.each([
    ['ja', '今日は良い天気です', ['今日', 'は', '良い', '天気', 'です']],
    ['zh', '我们去公园吧', ['我们', '去', '公园', '吧']],
    ['th', 'สวัสดีครับ', ['สวัสดี', 'ครับ']],
    ['en', "Don't say “NASA’s”, 3.5 times!", ["Don't", 'say', 'NASA’s', '3.5', 'times']],
    [null, 'Ну что ж', ['Ну', 'что', 'ж']],
  ])('are those of the language: %s', async (language, text, words) => {
    expect((await wordsOf('srt', srtOf(text), language))[0]?.map(([word]) => word)).toEqual(words)
  })
})
