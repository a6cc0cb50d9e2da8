import { describe, expect, it } from 'vitest'
import { givenKind } from './given-kind.ts'

describe('what a given file is taken for', () => {
  it.each([
    ['image/jpeg', 'beach.jpg', 'picture'], ['', 'IMG_0001.HEIC', 'picture'], ['image/tiff', 'scan.tif', 'picture'],
    ['video/mp4', 'trip.mp4', 'videos'], ['', 'trip.mkv', 'videos'], ['', 'a folder.jpg things', 'videos'],
    ['text/plain', 'notes.txt', 'neither'], ['application/pdf', 'bill.pdf', 'neither'], ['audio/mpeg', 'song.mp3', 'neither'],
  ])('%s %s: %s', (type, name, expected) => { expect(givenKind({ type, name })).toBe(expected) })
})
