import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { chaptersText, listOfPieces } from './join-text.ts'

describe('what ffmpeg reads of us for a reel', () => {
  it('names files so that no name can become something else, and ends pieces half a picture early', () => {
    const file = path.resolve('a\'b\\ $(c)\nfile x.mp4')
    const text = listOfPieces([{ path: file, from: 0, frames: 10 }, { path: file, from: 10, frames: 5 }], { num: 25, den: 1 })
    const quoted = `'file:${file.replace('\'', String.raw`'\''`)}'`
    expect(text).toBe(`ffconcat version 1.0\nfile ${quoted}\noutpoint 0.380000\nfile ${quoted}\ninpoint 0.420000\noutpoint 0.580000\n`)
  })

  it('keeps every sign of a title', () => {
    expect(chaptersText([{ startSeconds: 0, endSeconds: 1.0004, title: 'a=b;c#d\\e\nf\0' }])).toBe(
      ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=a\\=b\\;c\\#d\\\\e\\\nf\n',
    )
  })
})
