import { describe, expect, it } from 'vitest'
import { silencesIn } from './silence.ts'

/** Sound of these stretches: seconds and dB; null for none. */
function soundOf(...stretches: [seconds: number, level: number | null][]): (number | null)[] {
  return stretches.flatMap(([seconds, level]) => Array.from({ length: Math.round(seconds * 10) }, () => level))
}

/** The silences in seconds, found in stretches that end at these seconds. */
function silencesOf(levels: (number | null)[], ends: number[] = []): [number, number][] {
  const found: [number, number][] = []
  let [open, from]: [number | null, number] = [null, 0]
  for (const to of [...ends.map((end) => end * 10), levels.length]) {
    const part = silencesIn({ levelAt: (index) => levels[index] ?? null }, { from, to }, open)
    found.push(...part.silences.map(({ from: start, to: end }): [number, number] => [start / 10, end / 10]))
    ;[open, from] = [part.open, to]
  }
  return found
}

const talk = soundOf([3, -21], [0.4, -39], [2, -18], [0.2, -39], [2.4, -21], [0.5, -36], [3, -21])

describe('a silence', () => {
  it('is where a voice pauses for 0.3 s or more, and no shorter stop within words', () => {
    expect(silencesOf(talk)).toEqual([[3, 3.4], [8, 8.5]])
  })

  it('is found in a quiet recording as in a loud one', () => {
    expect(silencesOf(talk.map((level) => level === null ? null : level - 18))).toEqual([[3, 3.4], [8, 8.5]])
  })

  it('is not found in music that is 12 dB quieter for a while, nor where there is no sound at all', () => {
    expect(silencesOf(soundOf([5, -9], [2, -21], [5, -9]))).toEqual([])
    expect(silencesOf(soundOf([10, null]))).toEqual([])
  })

  it('is whole however long it is, in a room with noise too', () => {
    expect(silencesOf(soundOf([10, -18], [60, -45], [10, -18]))).toEqual([[10, 70]])
    expect(silencesOf(soundOf([60, -60]))).toEqual([[0, 60]])
  })

  it('is not the quiet talk after a loud scene, once that is over for a while', () => {
    const quietTalk = Array.from({ length: 30 }, () => soundOf([1.5, -27], [0.5, -48])).flat()
    const late = silencesOf([...soundOf([20, -6]), ...quietTalk]).filter(([start]) => start > 32)
    expect(late.length).toBeGreaterThan(20)
    expect(late.every(([start, end]) => Math.abs(end - start - 0.5) < 0.01)).toBe(true)
  })

  it('comes in pieces that touch where a stretch ends in it, the short ones too', () => {
    expect(silencesOf(talk, [3.1, 8.4])).toEqual([[3, 3.1], [3.1, 3.4], [8, 8.4], [8.4, 8.5]])
    expect(silencesOf(soundOf([10, -18], [60, -45], [10, -18]), [40])).toEqual([[10, 40], [40, 70]])
  })

  it('is the same for one who begins to hear 10 s before, and knows what was open', () => {
    const sound = Array.from({ length: 12 }, (_, at) => soundOf([4, -18 - 3 * (at % 4)], [0.4 + at / 2, -45])).flat()
    const heard = (fromIndex: number) => ({ levelAt: (index: number) => index < fromIndex ? null : sound[index] ?? null })
    for (let at = 0; at < sound.length; at += 7) {
      const { open } = silencesIn(heard(0), { from: 0, to: at }, null)
      const stretch = { from: at, to: sound.length }
      expect(silencesIn(heard(at - 100), stretch, open)).toEqual(silencesIn(heard(0), stretch, open))
    }
  })
})
