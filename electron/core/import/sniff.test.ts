import { describe, expect, it } from 'vitest'
import { refusalOfHead } from './sniff.ts'

const text = (content: string): Buffer => Buffer.from(content).subarray(0, 4096)

describe('the first bytes of a file', () => {
  it.each([
    { what: 'an m3u8', head: text('#EXTM3U\n#EXT-X-VERSION:3\n'), name: 'x.mp4', code: 'PLAYLIST' },
    { what: 'a list of files by its name', head: text('a.mp4\nb.mp4\n'), name: 'x.m3u', code: 'PLAYLIST' },
    { what: 'an MPD behind a comment', head: text('<?xml version="1.0"?>\n<!-- made by -->\n<MPD>'), name: 'x.mp4', code: 'PLAYLIST' },
    { what: 'a page that names an MPD', head: text('<html><a href="x.mpd">MPD</a></html>'), name: 'x.mp4', code: 'NOT_MEDIA' },
    { what: 'a drawing', head: text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), name: 'x.mp4', code: 'IMAGE' },
    { what: 'text of more than a look, cut in the middle of a letter', head: text(`x${'é'.repeat(3000)}`), name: 'x.mp4', code: 'NOT_MEDIA' },
    { what: 'text in UTF-16', head: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('only words', 'utf16le')]), name: 'x.mp4', code: 'NOT_MEDIA' },
    { what: 'an AVIF', head: Buffer.from('\0\0\0\x20ftypavif\0\0\0\0avifmif1'), name: 'x.mp4', code: 'IMAGE' },
    { what: 'a WebP', head: Buffer.from('RIFF\x10\0\0\0WEBPVP8 \0'), name: 'x.mp4', code: 'IMAGE' },
  ])('of $what give it away', ({ head, name, code }) => {
    expect(refusalOfHead(head, name)).toBe(code)
  })

  it.each([
    ['an mp4', Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2')], ['an avi', Buffer.from('RIFF\x10\0\0\0AVI LIST\0')], ['a transport stream', Buffer.from([0x47, 0x40, 0, 0x10])],
    ['nulls', Buffer.alloc(4096)], ['raw video with a line of text in front', text(`YUV4MPEG2 W16 H16 F25:1\nFRAME\n${'A'.repeat(5000)}`)],
  ])('of %s leave it to the probe', (_what, head) => {
    expect(refusalOfHead(head, 'x.mp4')).toBeNull()
  })
})
