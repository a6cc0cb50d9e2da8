import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Library } from '../store/database.ts'
import { testLibrary } from '../store/test-library.ts'
import { addFilm, ask, spans } from './test-scenes.ts'

let library: Library
const nasa = { id: 0, scenes: [0] }

// The captions of nasa_13013.mp4 in the shared media, with their times.
const webb = [
  { from: 0.21, to: 4.26, text: 'NAR: This is the optical and science segment of the Webb' },
  { from: 4.26, to: 8.35, text: 'space telescope in one of the largest cleanrooms in the world' },
  { from: 8.35, to: 12.47, text: 'at NASA’s Goddard Space Flight Center in Greenbelt, Maryland.' },
  { from: 12.47, to: 16.57, text: 'This half of the observatory element successfully' },
]

beforeAll(async () => {
  library = await testLibrary()
  Object.assign(nasa, addFilm(library, {
    title: 'nasa_13013', recordedAt: '2018-05-23T10:00:00Z', cues: webb,
    scenes: [
      { from: 0, to: 4.5, motion: 0.3, brightness: 0.2, colours: [{ name: 'blue', share: 0.5 }] },
      { from: 4.5, to: 9, motion: 0.01, brightness: 0.7, colours: [{ name: 'white', share: 0.6 }] },
      { from: 9, to: 17, motion: 0.05, brightness: 0.5, colours: [{ name: 'grey', share: 0.4 }, { name: 'blue', share: 0.2 }] },
    ],
  }))
  addFilm(library, {
    title: 'Café im Garten', recordedAt: '2024-05-31T09:00:00+02:00',
    cues: [
      { from: 1, to: 4, text: 'Das Café ist sehr schön', language: 'de' },
      { from: 11, to: 14, text: 'launching rockets is not for the garden', language: 'en-GB' },
    ],
    scenes: [{ from: 0, to: 10, brightness: 0.9, colours: [{ name: 'green', share: 0.7 }] }, { from: 10, to: 15, brightness: 0.9 }],
  })
  addFilm(library, {
    title: '旅行', cues: [{ from: 0, to: 5, text: '東京タワーは高い', language: 'ja' }, { from: 20, to: 25, text: '고양이가 집에 있다', language: 'ko' }],
    scenes: [{ from: 0, to: 10 }, { from: 20, to: 30 }],
  })
})

afterAll(() => { library.close() })

describe('search', () => {
  it('finds a word where it is said, and says at which second', async () => {
    const answer = await ask(library, 'telescope')
    expect(spans(answer)).toEqual(['nasa_13013 4.5-9'])
    expect(answer.hits[0]?.reasons.map(({ kind, text }) => [kind, text])).toEqual([['said', '«telescope» in one of the largest cleanrooms …']])
    expect(answer.hits[0]?.reasons[0]?.at).toBeCloseTo(4.66, 2)
    expect(answer.nothingGood).toBe(false)
  })
})
