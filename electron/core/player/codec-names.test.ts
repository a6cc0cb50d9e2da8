import { describe, expect, it } from 'vitest'
import type { MediaFacts } from '../facts.ts'
import { testMedia } from '../store/test-library.ts'
import { codecNames, contentTypeOf } from './codec-names.ts'
import { offsetSeconds } from './playback.ts'
import { silencesBetweenWords } from './silences.ts'

const sound = { index: 1, channels: 2, sampleRateHz: 48_000, language: null, isDefault: true, isDecodable: true }

function media(picture: Partial<MediaFacts['picture']>, heard: { codec: string, profile?: string } | null = null): MediaFacts {
  return { ...testMedia, picture: { ...testMedia.picture, ...picture }, ...heard === null ? {} : { sounds: [{ ...sound, ...heard }], chosenSound: 1 } }
}

describe('the name of a codec', () => {
  it.each([
    [media({ codec: 'h264', profile: 'High', level: 31 }, { codec: 'aac', profile: 'LC' }), 'avc1.64001f, mp4a.40.2'],
    [media({ codec: 'h264', profile: 'Constrained Baseline', level: 30 }), 'avc1.42e01e'],
    [media({ codec: 'h264', profile: 'High 10', level: 12 }), 'avc1.6e000c'],
    [media({ codec: 'hevc', profile: 'Main', level: 93 }, { codec: 'ac3' }), 'hvc1.1.6.L93.B0, ac-3'],
    [media({ codec: 'hevc', profile: 'Main 10', level: 153, bitDepth: 10 }), 'hvc1.2.4.L153.B0'],
    [media({ codec: 'vp9', profile: 'Profile 0' }, { codec: 'opus' }), 'vp09.00.40.08, opus'],
    [media({ codec: 'av1', profile: 'Main', level: 0, bitDepth: 10 }), 'av01.0.00M.10'],
    [media({ codec: 'h264', profile: 'High', level: 31 }, { codec: 'aac', profile: 'HE-AAC' }), 'avc1.64001f, mp4a.40.5'],
    [media({ codec: 'prores' }), null],
    [media({ codec: 'h264' }, { codec: 'pcm_s16le' }), null],
  ])('is that of RFC 6381 (%#)', (of, name) => {
    expect(codecNames(of)).toBe(name)
  })

  it.each([
    ['mov,mp4,m4a,3gp,3g2,mj2', 'h264', 'video/mp4'], ['matroska,webm', 'vp9', 'video/webm'], ['matroska,webm', 'h264', 'video/x-matroska'],
    ['mpegts', 'h264', null], ['avi', 'mpeg4', null],
  ])('stands in a container that browsers know or not: %s with %s is %s', (container, codec, type) => {
    expect(contentTypeOf({ ...media({ codec }), container })).toBe(type)
  })
})

describe('second 0 of a video', () => {
  it('lies at the time of its first picture in the file', () => {
    expect(offsetSeconds(media({ startPts: 10_500, timeBase: { num: 1, den: 1000 } }))).toBe(10.5)
  })
})

describe('a silence', () => {
  it('is where no word is said for 0.3 s or more', () => {
    const said = (start: number, end: number): { text: string, start: number, end: number } => ({ text: 'x', start, end })
    const segment = { source: 's', language: null, startSeconds: 1, endSeconds: 3, text: 'x', words: [said(1, 1.4), said(1.5, 2), said(2.4, 3)] }
    expect(silencesBetweenWords([segment], 5)).toEqual([{ start: 0, end: 1 }, { start: 2, end: 2.4 }, { start: 3, end: 5 }])
    expect(silencesBetweenWords([], 5)).toEqual([])
  })
})
