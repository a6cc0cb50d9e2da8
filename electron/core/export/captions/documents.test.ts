import { describe, expect, it } from 'vitest'
import { usualExportChoices } from '../../../contract/export-choices.ts'
import { lineText } from '../../pipeline/subtitles/cue.ts'
import { parseAss } from '../../pipeline/subtitles/parse-ass.ts'
import { parseCaptions } from '../../pipeline/subtitles/parse-captions.ts'
import type { SpokenSegment } from '../clip-lookup.ts'
import { captionLook } from './caption-look.ts'
import type { Cue } from './cues.ts'
import { cuesOfClip, linesOfCue } from './cues.ts'
import { withoutLetters } from './drawable.ts'
import { containerLanguage } from './language-codes.ts'
import { sidecarLimits } from './reading-limits.ts'
import { toAss } from './write-ass.ts'
import { toSrt } from './write-srt.ts'
import { toVtt } from './write-vtt.ts'

const NEVER = new AbortController().signal
const style = usualExportChoices.captionStyle

function captions(...segments: SpokenSegment[]): Cue[] {
  return cuesOfClip(segments, { start: 0, end: 4000 }, sidecarLimits)
}

const said = (text: string, startSeconds = 0, endSeconds = 3): SpokenSegment => ({ startSeconds, endSeconds, text, words: [] })
const wrapped = (text: string): string[] => captions(said(text)).flatMap(linesOfCue)

describe('lines of captions', () => {
  it('are of one length, parted where the sense is', () => {
    expect(wrapped('This is the optical and science segment of the Webb space telescope.')).toEqual(['This is the optical and science', 'segment of the Webb space telescope.'])
    expect(wrapped('When the rain stopped in the evening, we all went home.')).toEqual(['When the rain stopped in the evening,', 'we all went home.'])
  })

  it('keep French and Spanish marks at their words', () => {
    expect(wrapped('Je ne sais pas du tout ce que vous voulez dire !')).toEqual(['Je ne sais pas du tout', 'ce que vous voulez dire !'])
    expect(wrapped('Il a seulement répondu ceci hier soir : « Oui »')).toEqual(['Il a seulement répondu', 'ceci hier soir : « Oui »'])
  })

  it('of Japanese end behind what hangs on a word and before what opens', () => {
    expect(wrapped('今日はとても良い天気ですね。「散歩に行きましょう」と彼女が言いました。')).toEqual(['今日はとても良い天気ですね。', '「散歩に行きましょう」と彼女が言いました。'])
  })

  it('of Chinese hold 21 letters and begin with none of the marks that close', () => {
    expect(wrapped('我们昨天晚上一起去了电影院，看了一部非常有意思的新电影，大家都很喜欢。')).toEqual(['我们昨天晚上一起去了电影院，', '看了一部非常有意思的新电影，大家都很喜欢。'])
  })

  it('part a long speech at its sentences, with the times of its words', () => {
    const words = 'We left early. The road was long and nobody said a word until we saw the sea. Then everybody talked at once.'.split(' ')
    const segment = { startSeconds: 0, endSeconds: 11, text: words.join(' '), words: words.map((text, at) => ({ text, start: at / 2, end: at / 2 + 0.4 })) }
    expect(captions(segment).map((cue) => [cue.startMs, cue.endMs, ...linesOfCue(cue)])).toEqual([
      [0, 1400, 'We left early.'],
      [1500, 8400, 'The road was long and nobody', 'said a word until we saw the sea.'],
      [8500, 11_000, 'Then everybody talked at once.'],
    ])
  })

  it('stay until they can be read where there is room, and are put together where there is none', () => {
    expect(captions(said('Yes.', 1, 1.2), said('I do.', 5, 5.3), said('I said so.', 5.4, 5.7)).map((cue) => [cue.startMs, cue.endMs, ...linesOfCue(cue)])).toEqual([
      [1000, 2000, 'Yes.'],
      [5000, 6000, 'I do. I said so.'],
    ])
  })
})

const marks = captions(said('A {b} <i> & "3 < 4" --> c\\Nd', 0.21, 2), said('هذا هو تلسكوب NASA.', 3661.005, 3663))

describe('captions as a document', () => {
  it('are SubRip', () => {
    expect(toSrt(captions(said('red fox', 0, 1.0004), said('two\n\nlines', 3661.5, 3663)))).toBe('1\r\n00:00:00,000 --> 00:00:01,000\r\nred fox\r\n\r\n2\r\n01:01:01,500 --> 01:01:03,000\r\ntwo lines\r\n')
  })

  it('are WebVTT, with what would be a tag or an arrow escaped', () => {
    expect(toVtt(marks)).toBe('WEBVTT\n\n00:00:00.210 --> 00:00:02.000\nA {b} &lt;i&gt; &amp; "3 &lt; 4" --&gt; c\\\u2060Nd\n\n01:01:01.005 --> 01:01:03.000\n\u200F\u202Bهذا هو تلسكوب NASA.\u202C\n')
  })

  it('are ASS for the size of the picture, with what would be a command escaped', () => {
    const lines = toAss(marks, { look: captionLook({ ...style, font: 'My, {Font}' }, { width: 1920, height: 1080 }), highlight: false }).split('\n')
    expect(lines).toContain('PlayResX: 1920')
    expect(lines.find((line) => line.startsWith('Style:'))).toBe('Style: Default,My Font,59,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,3.0,1.2,2,192,192,65,-1')
    expect(lines.filter((line) => line.startsWith('Dialogue:'))).toEqual([
      'Dialogue: 0,0:00:00.21,0:00:02.00,Default,,0,0,0,,A \\{b\\} <i> & "3 < 4" --> c\\\u2060Nd',
      'Dialogue: 0,1:01:01.01,1:01:03.00,Default,,0,0,0,,\u200Fهذا هو تلسكوب NASA.',
    ])
  })

  it.each(['srt', 'vtt'] as const)('say the same when they are read again: %s', async (format) => {
    const read = await parseCaptions({ text: format === 'srt' ? toSrt(marks) : toVtt(marks), format, zeroSeconds: 0 }, NEVER)
    expect(read.map((cue) => [cue.startSeconds, cue.endSeconds, cue.lines.map(lineText).join(' ').replaceAll('\u2060', '')])).toEqual([
      [0.21, 2, 'A {b} <i> & "3 < 4" --> c\\Nd'],
      [3661.005, 3663, 'هذا هو تلسكوب NASA.'],
    ])
  })

  it('of ASS are read again with the words at their times', async () => {
    const segment = { startSeconds: 0, endSeconds: 2, text: 'red, brown fox', words: [{ text: 'red', start: 0, end: 0.5 }, { text: 'brown', start: 0.6, end: 1 }, { text: 'fox', start: 1.5, end: 1.9 }] }
    const text = toAss(captions(segment), { look: captionLook(style, { width: 640, height: 360 }), highlight: true })
    const lit = text.split('\n').filter((line) => line.startsWith('Dialogue:')).map((line) => line.replace(/^Dialogue: 0,|Default,,0,0,0,,/g, '').replaceAll('{\\c&H00D4FF&}', '[').replaceAll('{\\c&HFFFFFF&}', ']'))
    expect(lit).toEqual([
      '0:00:00.00,0:00:00.60,[red,] brown fox',
      '0:00:00.60,0:00:01.00,red, [brown] fox',
      '0:00:01.00,0:00:01.50,red, brown fox',
      '0:00:01.50,0:00:02.00,red, brown [fox]',
    ])
    const read = await parseAss({ text, zeroSeconds: 0 }, NEVER)
    expect(read.map((cue) => [cue.startSeconds, cue.endSeconds, cue.lines.map(lineText).join(' ')])).toEqual([[0, 0.6], [0.6, 1], [1, 1.5], [1.5, 2]].map((times) => [...times, 'red, brown fox']))
  })

  it('leave the foot of a tall picture to the buttons of a phone, and have shorter lines there', () => {
    const tall = captionLook(style, { width: 1080, height: 1920 })
    expect(tall).toMatchObject({ fontSize: 59, lineWidth: 27, margins: { side: 130, vertical: 422 } })
    expect(captionLook({ ...style, position: 'top' }, { width: 1080, height: 1920 }).margins.vertical).toBe(250)
    expect(captionLook(style, { width: 1920, height: 1080 }).lineWidth).toBe(42)
  })
})

describe('letters that no font here has', () => {
  const codes = (text: string): Set<number> => new Set(Array.from(text, (letter) => letter.codePointAt(0) ?? 0))

  it('take their caption along, and signs only themselves; both is said', () => {
    const cues = captions(said('今日は', 0, 2), said('♪ la la 😀', 3, 5))
    const { cues: left, notes } = withoutLetters(cues, codes('今日は😀'))
    expect(left.flatMap(linesOfCue)).toEqual(['♪ la la'])
    expect(notes).toEqual([
      '1 of 2 captions are not on the picture: no font here has their letters (今 日 は). Install one, or put the captions beside the clip.',
      'Left out of the captions, because no font here has them: 😀',
    ])
  })
})

describe('the language of a text track', () => {
  it.each([['de-AT', 'deu'], ['en', 'eng'], ['yue', 'yue'], ['zh-Hant', 'zho'], [null, 'und'], ['x-klingon', 'und']])('%s is %s', (tag, code) => {
    expect(containerLanguage(tag)).toBe(code)
  })
})
