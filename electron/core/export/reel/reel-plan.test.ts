import { describe, expect, it } from 'vitest'
import { cardLines } from './card-words.ts'
import type { PartShape } from './reel-target.ts'
import { rateOf, targetOf } from './reel-target.ts'
import { bodyOf, cutPoints, layOut, sampleAt } from './reel-timeline.ts'
import { secondsOutOfStep } from './sound-in-step.ts'

const shape = (size: `${number}x${number}`, seconds: number, frameRate: number): PartShape => {
  const [width = 0, height = 0] = size.split('x').map(Number)
  return { width, height, seconds, picture: { frameRate, isVariableRate: false } }
}

describe('what the clips of a reel are brought to', () => {
  it('is the size and the rate that most of the time has, each for itself', () => {
    const clips = [shape('1920x1080', 3, 30), shape('640x360', 4, 25), shape('1920x1080', 2, 25)]
    expect(targetOf(clips)).toEqual({ width: 1920, height: 1080, frameRate: { num: 25, den: 1 } })
  })

  it('is the larger one where two have as much', () => {
    expect(targetOf([shape('640x360', 2, 24), shape('1280x720', 2, 30)])).toEqual({ width: 1280, height: 720, frameRate: { num: 30, den: 1 } })
  })

  it.for([
    [29.97002997, false, 30_000, 1001], [23.976, false, 24_000, 1001], [30, false, 30, 1], [119.88, false, 60_000, 1000], [17.5, false, 17_500, 1000],
    [10.5, true, 30, 1], [29.8, true, 30, 1], [54, true, 60, 1], [null, true, 30, 1],
  ] as const)('has for %s pictures a second (variable: %s) the rate %i/%i', ([frameRate, isVariableRate, num, den]) => {
    expect(rateOf({ frameRate, isVariableRate })).toEqual({ num, den })
  })
})

describe('the places of clips in a reel', () => {
  it('lap by the crossfade, which is at most half of the shorter one', () => {
    const shown = [{ frames: 50 }, { frames: 7 }, { frames: 40 }]
    const timeline = layOut(shown, 10)
    expect(timeline).toEqual({ starts: [0, 47, 51], joints: [{ crossfade: 3 }, { crossfade: 3 }], frames: 91 })
    expect(shown.map((each, index) => cutPoints(timeline, index, each))).toEqual([[47], [3, 4], [3]])
    expect(shown.map((each, index) => bodyOf(timeline, index, { ...each, path: '' }))).toEqual([{ path: '', from: 0, frames: 47 }, { path: '', from: 3, frames: 1 }, { path: '', from: 3, frames: 37 }])
  })

  it('of two that go over into each other whole have no body', () => {
    const timeline = layOut([{ frames: 4 }, { frames: 4 }, { frames: 4 }], 9)
    expect(bodyOf(timeline, 1, { frames: 4, path: '' })).toBe(null)
    expect(timeline.frames).toBe(8)
  })

  it('of a picture is counted in samples from the beginning, so that nothing adds up', () => {
    const rate = { num: 30_000, den: 1001 }
    expect([1, 2, 5, 30_000].map((frame) => sampleAt(frame, rate, 48_000))).toEqual([1602, 3203, 8008, 48_048_000])
  })
})

describe('a title on a card', () => {
  const words = (text: string): Parameters<typeof cardLines>[0] => text.split(' ').map((word) => ({ text: word, columns: word.length, hasSpaceBefore: true, startMs: 0, endMs: 0, isTimed: false }))
  const lines = (text: string, width: number): string[] => cardLines(words(text), width).map((line) => line.map((word) => word.text).join(' '))

  it('is wrapped, and ends with an ellipsis where it would take more than four lines', () => {
    expect(lines('The best of the summer', 10)).toEqual(['The best', 'of the', 'summer'])
    expect(lines('one two three four five six seven', 5)).toEqual(['one', 'two', 'three', 'four…'])
    expect(lines('a b c d e f g h i j', 3)).toEqual(['a b', 'c d', 'e f', 'g…'])
  })
})

describe('how far sound is out of step', () => {
  const rateHz = 16_000
  const noise = (count: number): Float32Array => {
    let state = 1
    return Float32Array.from({ length: count }, () => { state = state * 16_807 % 2_147_483_647; return state / 2_147_483_647 - 0.5 })
  }
  const meant = noise(11_200)
  const later = (samples: number): Float32Array => Float32Array.from(meant, (_, at) => meant[at - samples] ?? 0)

  it('is found to the sample', () => {
    expect(secondsOutOfStep({ samples: meant, rateHz }, { samples: later(0), rateHz })).toBe(0)
    expect(secondsOutOfStep({ samples: meant, rateHz }, { samples: later(320), rateHz })).toBe(0.02)
    expect(secondsOutOfStep({ samples: meant, rateHz }, { samples: later(-320), rateHz })).toBe(-0.02)
  })

  it('is not known of silence', () => {
    expect(secondsOutOfStep({ samples: new Float32Array(11_200), rateHz }, { samples: meant, rateHz })).toBe(null)
  })

  it('is nothing for a tone, which is the same one wave later', () => {
    const tone = Float32Array.from({ length: 11_200 }, (_, at) => Math.sin(at * 0.1))
    expect(secondsOutOfStep({ samples: tone, rateHz }, { samples: tone, rateHz })).toBe(0)
  })
})
