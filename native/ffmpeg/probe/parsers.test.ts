import { describe, expect, it } from 'vitest'
import { parseDecodable } from './codecs.ts'
import { parseFirstPts } from './first-picture.ts'
import { kindOfFormat } from './formats.ts'
import { bitDepthOf, frameRateOf, parseOrientation } from './picture.ts'
import { plainText } from './plain-text.ts'

const matrix = (...rows: [number, number][]): string => `\n${rows.map(([a, b], row) => `0000000${row}: ${String(a).padStart(12)}${String(b).padStart(12)}           0`).join('\n')}\n00000002:            0           0  1073741824\n`
const rate = (grid: string, average: string, frames: number | null = null) => frameRateOf({ r_frame_rate: grid, avg_frame_rate: average, nb_frames: frames, duration: null })

describe('what ffmpeg prints', () => {
  it('of codecs tells which it decodes', () => {
    expect([...parseDecodable([
      'Codecs:', ' D..... = Decoding supported', ' -------', ' D.V.L. 4xm                  4X Movie', ' .EV..S a64_multi            Multicolor charset',
      ' DEV.LS h264                 H.264 / AVC (decoders: h264 h264_v4l2m2m) (encoders: libx264)', ' ..A.L. mpegh_3d_audio       MPEG-H 3D Audio', ' DEAI.S flac                 FLAC',
    ].join('\n'))]).toEqual(['4xm', 'h264', 'flac'])
  })

  it('of the first picture gives its time in the stream\'s time base', () => {
    const lines = [
      '[showinfo@first @ 0x5638] config in time_base: 1/12288, frame_rate: 24/1', '[showinfo@first @ 0x5638] config out time_base: 0/0, frame_rate: 0/0',
      '[showinfo@first @ 0x5638] n:   0 pts:  -1024 pts_time:-0.08333 pos:       48 fmt:yuv420p sar:1/1 s:100x60 i:P iskey:1 type:I',
    ]
    expect(parseFirstPts(lines, { num: 1, den: 12288 })).toBe(-1024)
    expect(parseFirstPts(lines, { num: 1, den: 24576 })).toBe(-2048)
    expect(parseFirstPts(lines.slice(0, 2), { num: 1, den: 12288 })).toBeNull()
    expect(parseFirstPts(['    title           : [showinfo@first @ 0x1] n:   0 pts:  777 ', ...lines], { num: 1, den: 12288 })).toBe(-1024)
  })
})

describe('a display matrix', () => {
  it.each([
    { what: 'none', text: '', turn: 0, flip: false },
    { what: 'one for pictures as they are', text: matrix([65536, 0], [0, 65536]), turn: 0, flip: false },
    { what: 'of a phone held upright', text: matrix([0, 65536], [-65536, 0]), turn: 90, flip: false },
    { what: 'a hair off a quarter', text: matrix([3, 65535], [-65537, -2]), turn: 90, flip: false },
    { what: 'mirrored left to right', text: matrix([-65536, 0], [0, 65536]), turn: 180, flip: true },
    { what: 'of zeros (its angle prints as -9223372036854775808)', text: matrix([0, 0], [0, 0]), turn: 0, flip: false },
  ])('$what', ({ text, turn, flip }) => {
    expect(parseOrientation(text)).toEqual({ rotationDegrees: turn, isMirrored: flip })
  })
})

describe('the depth of a sample', () => {
  it.each([
    ['yuv420p', 8], ['yuvj444p', 8], ['nv12', 8], ['rgb24', 8], ['gray', 8], ['pal8', 8], ['yuv420p10le', 10], ['p010le', 10], ['y210le', 10], ['x2rgb10le', 10], ['gray12be', 12],
    ['gbrp14le', 14], ['yuva444p16be', 16], ['rgb48le', 16], ['rgba64be', 16], ['ya16le', 16], ['gbrapf32le', 32],
  ])('of %s is %i bits', (name, bits) => {
    expect(bitDepthOf(name, null)).toBe(bits)
  })

  it('is what the container says where the format is unknown', () => {
    expect([bitDepthOf(null, 10), bitDepthOf(null, 0), bitDepthOf(null, null)]).toEqual([10, 8, 8])
  })
})

describe('the rate of pictures', () => {
  it('is variable where pictures are missing in the grid', () => {
    expect(rate('30/1', '630000/47281', 7)).toMatchObject({ isVariableRate: true })
    expect(rate('90000/1', '30000/1001')).toMatchObject({ isVariableRate: true })
  })

  it('is fixed in spite of rounding, and of one picture more or less at the edges of a short clip', () => {
    expect(rate('30000/1001', '30000/1001', 30).isVariableRate).toBe(false)
    expect(rate('30000/1001', '300000/10201', 30).isVariableRate).toBe(false)
    expect(rate('30/1', '30030/1001', 1000).isVariableRate).toBe(false)
  })

  it('is not known where an average is above the grid, or there is none', () => {
    expect(rate('60/1', '1000/1')).toEqual({ frameRate: null, isVariableRate: false })
    expect(rate('90000/1', '0/0')).toEqual({ frameRate: null, isVariableRate: false })
  })
})

describe('a format that is not let in', () => {
  it.each([['hls', 'playlist'], ['concat', 'playlist'], ['dash', 'playlist'], ['sdp', 'playlist'], ['png_pipe', 'image'], ['image2', 'image'], ['gif', 'image'], ['h264', 'bare-stream'], ['tty', 'other']])('%s is: %s', (name, kind) => {
    expect(kindOfFormat(name)).toBe(kind)
  })
})

describe('text out of a file', () => {
  it('loses markup, control characters and marks of direction', () => {
    expect(plainText('  <b>My</b>\ttrip\u0000 \u202egnp.exe <script src=x>alert(1)</script> ')).toBe('My trip gnp.exe alert(1)')
    expect(plainText('1 < 2 and 3 > 2')).toBe('1 < 2 and 3 > 2')
    expect([plainText(undefined), plainText(''), plainText('<i></i>\u200f')]).toEqual([null, null, null])
  })

  it('is shortened by letters, never through one', () => {
    expect(plainText('🎬'.repeat(50), 10)).toBe(`${'🎬'.repeat(9)}…`)
  })
})
