import { describe, expect, it } from 'vitest'
import type { VoiceDetector } from '../../ports.ts'
import type { SoundPiece } from '../../sound-ports.ts'
import { HeldSound } from './held-sound.ts'
import type { Stretch } from './stretch.ts'
import { nextStretch } from './stretch.ts'
import { SAMPLE_RATE, WINDOW } from './voice-spans.ts'

const NEVER = new AbortController().signal

/** Hears speech wherever there is any sound: what the real one hears is tested with the stage. */
const loudness: VoiceDetector = {
  id: 'loudness',
  hear: async (samples, state) => {
    const all = Float32Array.of(...state?.tail ?? [], ...samples)
    const count = Math.floor(all.length / WINDOW)
    const likely = Float32Array.from({ length: count }, (_, index) => all.subarray(index * WINDOW, (index + 1) * WINDOW).some((value) => value !== 0) ? 0.9 : 0)
    return { likely, state: { memory: new Float32Array(0), tail: all.slice(count * WINDOW) } }
  },
}

/** Sound in pieces of a second: speech and pauses by turns, in seconds, beginning with a pause. */
async function* talk(turns: number[], log: { pieces: number }): AsyncGenerator<SoundPiece> {
  let second = 5
  for (const [index, seconds] of turns.entries()) {
    for (let left = seconds; left > 0; left -= 1) {
      const samples = new Float32Array(Math.round(Math.min(1, left) * SAMPLE_RATE)).fill(index % 2 === 0 ? 0 : 0.5)
      log.pieces++
      yield { startSeconds: second, samples }
      second += samples.length / SAMPLE_RATE
    }
  }
}

const secondsOf = (stretch: Stretch, sound: HeldSound): unknown => ({
  pieces: stretch.pieces.map(({ start, end }) => [start, end].map((sample) => Math.round(sound.secondsOf(sample)))),
  end: Math.round(sound.secondsOf(stretch.end)), isLast: stretch.isLast,
})

async function stretchesOf(turns: number[]): Promise<unknown[]> {
  const sound = new HeldSound(talk(turns, { pieces: 0 }), 5)
  const all: unknown[] = []
  for (let from = 0, isLast = false; !isLast;) {
    const stretch = await nextStretch(from, { sound, voice: loudness }, NEVER)
    from = stretch.end
    isLast = stretch.isLast
    all.push(secondsOf(stretch, sound))
  }
  return all
}

describe('stretches of a sound', () => {
  it('end after five pieces', async () => {
    expect(await stretchesOf([10, ...Array.from({ length: 6 }, () => [2, 8]).flat()])).toEqual([
      { pieces: [[15, 17], [25, 27], [35, 37], [45, 47], [55, 57]], end: 57, isLast: false },
      { pieces: [[65, 67]], end: 75, isLast: true },
    ])
  })

  it('end after a minute of speech', async () => {
    expect(await stretchesOf([0, 25, 5, 25, 5, 25, 5, 25])).toEqual([
      { pieces: [[5, 30], [35, 60], [65, 90]], end: 90, isLast: false },
      { pieces: [[95, 120]], end: 120, isLast: true },
    ])
  })

  it('end after three minutes where nobody speaks, so that this need not be listened to again', async () => {
    expect(await stretchesOf([400])).toEqual([{ pieces: [], end: 185, isLast: false }, { pieces: [], end: 364, isLast: false }, { pieces: [], end: 405, isLast: true }])
  })

  it('end in a pause: a sentence that goes on for longer than three minutes have passed belongs to one of them', async () => {
    expect(await stretchesOf([175, 20, 30])).toEqual([{ pieces: [[180, 200]], end: 200, isLast: false }, { pieces: [], end: 230, isLast: true }])
  })

  it('are one that is empty where there is no sound', async () => {
    expect(await stretchesOf([])).toEqual([{ pieces: [], end: 5, isLast: true }])
  })

  it('hold the sound of what is not done with, and read no further than they need', async () => {
    const log = { pieces: 0 }
    const sound = new HeldSound(talk([2, 25, 5, 25, 5, 25, 5, 300], log), 5)
    const { pieces, end } = await nextStretch(0, { sound, voice: loudness }, NEVER)
    expect(log.pieces).toBeLessThanOrEqual(2 + 25 + 5 + 25 + 5 + 25 + 4)
    expect(sound.slice(pieces[0]!.start, pieces[0]!.end).length / SAMPLE_RATE).toBeCloseTo(25.4, 1)
    await nextStretch(end, { sound, voice: loudness }, NEVER)
    expect(() => sound.slice(0, WINDOW)).toThrow('are not held')
  })
})
