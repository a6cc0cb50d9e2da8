import { describe, expect, it } from 'vitest'
import { checkPictureKind } from './picture-kind.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const codeOf = (picture: Uint8Array): string => {
  try {
    checkPictureKind(picture)
    return 'taken'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'a bug'
  }
}

describe('what a person gives for a picture', () => {
  it('is known by its first bytes, not by a name', () => {
    const taken = ['\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', 'GIF87a', 'GIF89a', 'RIFF\0\0\0\0WEBPVP8 ', 'II*\0', 'MM\0*', '\0\0\0\x1cftypavif\0\0\0\0mif1miaf', '\0\0\0\x1cftypmif1\0\0\0\0miafavif']
    expect(taken.map((text) => codeOf(bytes(text)))).toEqual(taken.map(() => 'taken'))
  })

  it('is refused with what can be done about it', () => {
    expect(codeOf(new Uint8Array())).toBe('EMPTY')
    expect(codeOf(bytes('\0\0\0\x18ftypheic\0\0\0\0mif1'))).toBe('UNSUPPORTED_CODEC')
    expect(codeOf(bytes('<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('UNSUPPORTED_CODEC')
    expect(codeOf(bytes('  <svg width="1000000" height="1000000"/>'))).toBe('UNSUPPORTED_CODEC')
    for (const text of ['hello', '%PDF-1.7', '\0\0\0\x20ftypisom\0\0\x02\0isomiso2', 'RIFF\0\0\0\0AVI LIST', '\xff\xd8', '\0', 'BM\0\0', '<html><svg></svg></html>', '\0\0\0\0ftyp', '\xff\xff\xff\xffftyp']) {
      expect([text, codeOf(bytes(text))]).toEqual([text, 'NOT_MEDIA'])
    }
  })

  it('is seen by its own bytes where it is a part of a larger buffer', () => {
    const buffer = Buffer.concat([bytes('\x89PNG\r\n\x1a\n'), bytes('no picture')])
    expect(codeOf(buffer.subarray(8))).toBe('NOT_MEDIA')
  })
})
