import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf } from './csv.ts'
import { edlNotes, edlOf } from './edl.ts'
import { fcp7xmlOf } from './fcp7xml.ts'
import { fcpxmlOf } from './fcpxml.ts'
import { fileUrl } from './file-url.ts'
import { isSameRate, perSecond } from './frame-rate.ts'
import { llcOf } from './llc.ts'
import { otioOf } from './otio.ts'
import type { SequenceClip } from './sequence.ts'
import { LlcProject, OtioTimeline, readCsv, readEdl } from './test-readers.ts'
import type { TestClip, TestVideo } from './test-sequences.ts'
import { complaints, found, testSequence } from './test-sequences.ts'
import { timecodeText } from './timecode.ts'

const ntsc = { num: 30_000, den: 1001 }
const lake: TestVideo = { file: '/videos/lake & co.mp4', rate: ntsc, frames: 3000, timecode: '09:59:59;29' }
const film: TestVideo = { file: '/videos/film.mov', rate: { num: 25, den: 1 }, frames: 500, channels: [1], rotation: 90 }
const silent: TestVideo = { file: '/videos/silent.mkv', rate: ntsc, frames: 300, channels: [] }
const clips: TestClip[] = [{ video: 1, start: 1, end: 2.5, query: 'moon', note: 'said: "the <moon> & me"' }, { video: 2, start: 0, end: 4 }, { video: 3, start: 90 / 30, end: 5 }, { video: 1, start: 90, end: 200 }]
const sequence = testSequence([lake, film, silent], clips)

describe('a sequence', () => {
  it('has the rate of most clips, and sums of whole pictures', () => {
    expect(sequence).toMatchObject({ rate: ntsc, isDrop: true, frames: 45 + 119 + 60 + 302, width: 320, height: 180 })
    expect(sequence.clips.map(({ sourceIn, sourceOut, recordIn, recordOut }) => [sourceIn, sourceOut, recordIn, recordOut]))
      .toEqual([[30, 75, 0, 45], [0, 100, 45, 164], [90, 150, 164, 224], [2698, 3000, 224, 526]])
    expect(sequence.notes).toEqual(['"film" has 25 pictures a second, the sequence 29.97', 'A clip of "lake & co" ends with the video, at 100.100 s and not at 200.000 s'])
  })

  it('refuses pictures without a constant rate, or counts them at the nearest one and says so', () => {
    const phone: TestVideo = { file: '/v/phone.mp4', rate: { num: 2873, den: 100 }, frames: 300, isVariableRate: true }
    const one: TestClip[] = [{ video: 1, start: 1, end: 2 }]
    expect(() => testSequence([phone], one)).toThrow(expect.objectContaining({ code: 'USAGE', message: 'The pictures of "phone" come at no constant rate that editors know.', hint: expect.stringContaining('29.97 pictures a second (--conform)') as string }))
    expect(testSequence([phone], one, { conformVariableRate: true })).toMatchObject({ rate: ntsc, frames: 30, notes: [expect.stringContaining('"phone" has no constant rate') as string] })
    expect(testSequence([phone], [{ video: 1, start: 1.234, end: 2.345 }], { format: 'llc' }).clips).toMatchObject([{ startSeconds: 1.234, endSeconds: 2.345 }])
    const slides: TestVideo = { file: '/v/slides.mp4', rate: { num: 25, den: 1 }, frames: 300, isVariableRate: true }
    expect(testSequence([slides], one, { conformVariableRate: true }).rate).toEqual({ num: 25, den: 1 })
    const odd: TestVideo = { file: '/v/odd.mp4', rate: { num: 25, den: 2 }, frames: 300 }
    expect(() => testSequence([odd], one)).toThrow('no constant rate')
  })

  it('of clips at a rate that editors have no sequence for gets one that shows each picture equally long', () => {
    const slow: TestVideo = { file: '/v/slow.mp4', rate: { num: 15, den: 1 }, frames: 300 }
    expect(testSequence([slow], [{ video: 1, start: 1, end: 2 }])).toMatchObject({ rate: { num: 30, den: 1 }, frames: 30, clips: [{ sourceIn: 15, sourceOut: 30 }] })
  })

  it('takes the rate of an older library for the usual one that is nearest', () => {
    const old = testSequence([{ ...lake, rate: { num: 2997, den: 100 } }], [{ video: 1, start: 0, end: 1 }])
    expect(isSameRate(old.rate, ntsc)).toBe(true)
  })
})

describe('an EDL', () => {
  it('names source and record by timecode, with the mode that is said, and the reason at its place', () => {
    expect(edlOf(sequence).split('\r\n').slice(0, 9)).toEqual([
      'TITLE: Best of', 'FCM: DROP FRAME', '',
      '001  LAKECO   AA/V  C        10:00:00;29 10:00:02;14 01:00:00;00 01:00:01;15',
      '* FROM CLIP NAME: lake & co.mp4', '* SOURCE FILE: /videos/lake & co.mp4', '* COMMENT: lake & co (0m01s)', '* LOC: 01:00:00;00 CYAN    moon: said: "the <moon> & me"', '',
    ])
    expect(readEdl(edlOf(sequence), ntsc).events.map(({ reel, channels }) => [reel, channels])).toEqual([['LAKECO', 'AA/V'], ['FILM', 'B'], ['SILENT', 'V'], ['LAKECO', 'AA/V']])
    expect(edlNotes(sequence)).toEqual(['An EDL has one rate: the source times of "film" are counted at that of the sequence'])
  })

  it('gives each file a tape of its own, of 8 letters and digits', () => {
    const files = ['/a/Holiday in Rome.mp4', '/b/holiday in rome.mov', '/c/東京.mp4', '/d/BL.mp4', '/e/...mp4'].map((file): TestVideo => ({ ...lake, file }))
    expect(testSequence(files, files.map((_, at) => ({ video: at + 1, start: 0, end: 1 }))).media.map(({ reel }) => reel)).toEqual(['HOLIDAYI', 'HOLIDAY2', 'REEL', 'BL2', 'REEL2'])
  })

  it('has no line that a name with line breaks could add', () => {
    const odd = testSequence([lake], [{ video: 1, start: 0, end: 1, title: 'a\r\n002  BL V C', note: 'b\n* c\u0000' }])
    expect(readEdl(edlOf(odd), ntsc).events).toMatchObject([{ comments: [expect.anything(), expect.anything(), 'COMMENT: a 002  BL V C', expect.stringMatching(/ b \* c$/)] }])
  })

  it('holds at most 999 clips', () => {
    const many = testSequence([lake], Array.from({ length: 1000 }, () => ({ video: 1, start: 0, end: 1 })))
    expect(() => edlOf(many)).toThrow(expect.objectContaining({ code: 'USAGE', message: 'An EDL holds at most 999 clips.' }))
  })
})

describe('FCPXML', () => {
  const xml = fcpxmlOf(sequence)

  it('is valid, in exact fractions, with source timecode, turned sizes and sound as it is', async () => {
    expect(await complaints(xml, 'fcpxml')).toBe('')
    expect(found(xml, '//format/@frameDuration')).toEqual(['1001/30000s', '1/25s'])
    expect(found(xml, '//format[@id="r2"]/@width | //format[@id="r2"]/@height')).toEqual(['180', '320'])
    expect(found(xml, '//asset[@id="asset1"]/@start')).toEqual(['1079997919/30000s'])
    expect(found(xml, '//asset[@id="asset1"]/media-rep/@src')).toEqual(['file:///videos/lake%20%26%20co.mp4'])
    expect(found(xml, '//asset/@audioChannels')).toEqual(['2', '1'])
    expect(found(xml, '//conform-rate/@srcFrameRate')).toEqual(['25'])
    expect(found(xml, '//marker/@value | //marker/@note')).toEqual(['moon', 'said: "the <moon> & me"'])
  })

  it('says the shape of pixels that are not square', async () => {
    const wide = fcpxmlOf(testSequence([{ ...film, rotation: 0, sampleAspect: { num: 64, den: 45 } }], [{ video: 1, start: 0, end: 1 }]))
    expect(await complaints(wide, 'fcpxml')).toBe('')
    expect(found(wide, '//format/@paspH | //format/@paspV')).toEqual(['64', '45'])
  })
})

describe('XML of Final Cut Pro 7', () => {
  const xml = fcp7xmlOf(sequence)

  it('is valid, says each file once, and links picture and channels', async () => {
    expect(await complaints(xml, 'xmeml')).toBe('')
    expect(found(xml, '//file/pathurl')).toEqual(['file://localhost/videos/lake%20%26%20co.mp4', 'file://localhost/videos/film.mov', 'file://localhost/videos/silent.mkv'])
    expect(found(xml, '//file[@id="file-1"]/timecode/string | //file[@id="file-1"]/timecode/displayformat')).toEqual(['09:59:59;29', 'DF'])
    expect(found(xml, '//audio/track[1]/clipitem/@id')).toEqual(['clipitem-1-1', 'clipitem-2-1', 'clipitem-4-1'])
    expect(found(xml, '//audio/track[2]/clipitem/@id')).toEqual(['clipitem-1-2', 'clipitem-4-2'])
    expect(new Set(found(xml, '//linkclipref'))).toEqual(new Set(found(xml, '//clipitem[link]/@id')))
    expect(found(xml, '//marker/*')).toEqual(['moon', 'said: "the <moon> & me"', '30', '-1'])
  })

  it('keeps to XML whatever a name holds', async () => {
    const odd = testSequence([lake], [{ video: 1, start: 0, end: 1, title: ']]>\u0000\u0007\ud800<&"\'\u202e', note: '\ufffe\n' }])
    expect(await complaints(fcp7xmlOf(odd), 'xmeml')).toBe('')
    expect(await complaints(fcpxmlOf(odd), 'fcpxml')).toBe('')
    expect(found(fcpxmlOf(odd), '//asset-clip/@name')).toEqual([']]>\ufffd<&"\'\u202e'])
  })
})

describe('a table', () => {
  it('is read back cell by cell, and runs no formula', () => {
    const odd = testSequence([lake], [{ video: 1, start: 0, end: 1, title: '=HYPERLINK("http://x","y")', query: '+1', note: 'a, "b"\nc' }, { video: 1, start: 0, end: 1, title: '@SUM(1)', query: '-2', note: '\t=1' }])
    const rows = readCsv(csvOf(odd).slice(1))
    expect(csvOf(odd).startsWith('\ufeff')).toBe(true)
    expect(rows.map((row) => [row[1], row[14], row[15]]).slice(1)).toEqual([['\'=HYPERLINK("http://x","y")', '\'+1', 'a, "b"\nc'], ['\'@SUM(1)', '\'-2', '\'\t=1']])
    expect(rows.map(({ length }) => length)).toEqual([16, 16, 16])
  })
})

describe('a file URL', () => {
  it('has everything escaped that is not plain', () => {
    expect(fileUrl('/v/a b#c?d%e&f\'(ü)[東].mp4', false)).toBe('file:///v/a%20b%23c%3Fd%25e%26f%27%28%C3%BC%29%5B%E6%9D%B1%5D.mp4')
    expect(fileUrl('C:\\Videos\\my clip.mp4', true)).toBe('file:///C:/Videos/my%20clip.mp4')
    expect(fileUrl('\\\\nas\\share\\clip.mp4', true)).toBe('file://nas/share/clip.mp4')
  })
})

const rates = [24, 25, 30, 50, 60, 15, 120].map((num) => ({ num, den: 1 })).concat([24, 30, 60].map((whole) => ({ num: whole * 1000, den: 1001 })))
const anyVideo = fc.record({
  file: fc.string({ minLength: 1, maxLength: 20 }).map((name) => `/v/${name.replaceAll('/', '').replaceAll('\0', '')}.mp4`),
  rate: fc.constantFrom(...rates), frames: fc.integer({ min: 1, max: 100_000 }),
  channels: fc.constantFrom<number[]>([], [1], [2], [6], [2, 1]), timecode: fc.constantFrom('00:00:00:00', '10:20:30;12', '23:59:59:10'),
})
const anyClip = fc.record({
  video: fc.integer({ min: 1, max: 3 }), at: fc.double({ min: 0, max: 0.99, noNaN: true }), length: fc.double({ min: 0.001, max: 30, noNaN: true }),
  title: fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }), note: fc.string({ maxLength: 30, unit: 'binary' }),
})
const anySequence = fc.tuple(fc.array(anyVideo, { minLength: 3, maxLength: 3 }), fc.array(anyClip, { minLength: 1, maxLength: 6 })).map(([videos, wanted]) =>
  testSequence(videos, wanted.map(({ video, at, length, title, note }): TestClip => {
    const { rate, frames } = videos[video - 1] ?? lake
    const start = at * frames / perSecond(rate)
    return { video, start, end: start + length, title, note }
  })))

const lengthOf = ({ recordIn, recordOut }: SequenceClip): number => recordOut - recordIn
const seconds = (text: string): number => text.replace('s', '').split('/').map(Number).reduce((num, den) => num / den)

describe('whatever the clips', () => {
  it('they lie in their videos, one after the other, as long as they are', () => {
    fc.assert(fc.property(anySequence, ({ clips, rate, frames }) => {
      let end = 0
      for (const clip of clips) {
        expect([clip.sourceIn >= 0, clip.sourceOut > clip.sourceIn, clip.sourceOut <= clip.media.frames]).toEqual([true, true, true])
        expect([clip.recordIn, clip.recordOut > end]).toEqual([end, true])
        expect(Math.abs((clip.sourceOut - clip.sourceIn) / perSecond(clip.media.rate) - lengthOf(clip) / perSecond(rate))).toBeLessThan(1 / perSecond(rate))
        end = clip.recordOut
      }
      expect(frames).toBe(end)
    }))
  })

  it('an EDL read back has their lengths, without gaps', () => {
    fc.assert(fc.property(anySequence, (of) => {
      const { events, isDrop } = readEdl(edlOf(of), of.rate)
      expect(isDrop).toBe(of.isDrop)
      expect(events.map(({ recordIn, recordOut }) => recordOut - recordIn)).toEqual(of.clips.map(lengthOf))
      expect(events.slice(1).map(({ recordIn }) => recordIn)).toEqual(events.slice(0, -1).map(({ recordOut }) => recordOut))
    }))
  })

  it('both kinds of XML are valid, and read back they say the same', async () => {
    await fc.assert(fc.asyncProperty(anySequence, async (of) => {
      const fcpxml = fcpxmlOf(of)
      const framesOf = (name: string): number[] => found(fcpxml, `//asset-clip/@${name}`).map((time) => Math.round(seconds(time) * perSecond(of.rate)))
      expect([framesOf('offset'), framesOf('duration')]).toEqual([of.clips.map(({ recordIn }) => recordIn), of.clips.map(lengthOf)])
      const fcp7xml = fcp7xmlOf(of)
      expect(['start', 'end', 'in', 'out'].map((name) => found(fcp7xml, `//video/track/clipitem/${name}`).map(Number)))
        .toEqual((['recordIn', 'recordOut', 'sourceIn', 'sourceOut'] as const).map((name) => of.clips.map((clip) => clip[name])))
      expect([await complaints(fcpxml, 'fcpxml'), await complaints(fcp7xml, 'xmeml')]).toEqual(['', ''])
    }), { numRuns: 40 })
  })

  it('OpenTimelineIO, tables and LosslessCut read back say the same', () => {
    fc.assert(fc.property(anySequence, (of) => {
      const ends = of.clips.map(({ sourceIn, sourceOut }) => [sourceIn, sourceOut])
      for (const { children } of OtioTimeline.parse(JSON.parse(otioOf(of))).tracks.children) {
        const lengths = of.clips.map(({ sourceIn, sourceOut, media }) => [sourceOut - sourceIn, perSecond(media.rate)])
        expect(children.map(({ source_range: { duration } }) => [duration.value, duration.rate])).toEqual(lengths)
      }
      const rows = readCsv(csvOf(of).slice(1)).slice(1)
      expect(rows.map((row) => [row[7], row[8]].map(Number))).toEqual(ends)
      expect(rows.map((row) => [row[11], Number(row[13])])).toEqual(of.clips.map((clip) => [timecodeText({ frame: clip.recordIn, isDrop: of.isDrop }, of.rate), lengthOf(clip)]))
      expect(LlcProject.parse(JSON.parse(llcOf('x.mp4', of.clips))).cutSegments).toHaveLength(ends.length)
    }))
  })
})
