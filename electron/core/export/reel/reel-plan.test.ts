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
  const sizeOf = (...sizes: [`${number}x${number}`, number][]): string => {
    const target = targetOf(sizes.map(([size, seconds]) => shape(size, seconds, 25)))
    return `${String(target?.width)}x${String(target?.height)}`
  }
  const rateOfAll = (...rates: [number, number][]): number | undefined => targetOf(rates.map(([rate, seconds]) => shape('640x360', seconds, rate)))?.frameRate.num

  it('is the shape that most of the time has, in the largest size of it', () => {
    expect(sizeOf(['320x180', 9], ['1920x1080', 1], ['854x480', 4])).toBe('1920x1080')
    expect(sizeOf(['180x320', 9], ['1920x1080', 4], ['720x1280', 1])).toBe('720x1280')
    expect(sizeOf(['640x640', 9], ['1920x1080', 4], ['1080x1080', 1])).toBe('1080x1080')
  })

  it('is wide where most of the time is, also in several shapes', () => {
    expect(sizeOf(['180x320', 4], ['1280x720', 3], ['960x720', 2])).toBe('1280x720')
    // 4:3 most of the time: as large as the one of 16:9 needs to lose nothing.
    expect(sizeOf(['320x240', 6], ['1920x1080', 3], ['1080x1920', 2])).toBe('1920x1440')
  })

  it('is at most 3840x2160, whichever way it is turned', () => {
    expect(sizeOf(['7680x4320', 1])).toBe('3840x2160')
    expect(sizeOf(['2304x4096', 1])).toBe('2160x3840')
    expect(sizeOf(['4000x3000', 1])).toBe('2880x2160')
  })

  it('has the rate that most of the time has, but never less than half of the highest constant one', () => {
    expect(rateOfAll([25, 4], [50, 3])).toBe(25)
    expect(rateOfAll([24, 9], [60, 1])).toBe(60)
    expect(rateOfAll([24, 9], [30, 2], [60, 1])).toBe(30)
    expect(rateOfAll([29.97, 9], [60, 1])).toBe(30_000)
    expect(targetOf([shape('640x360', 9, 24), { ...shape('640x360', 1, 60), picture: { frameRate: 60, isVariableRate: true } }])?.frameRate.num).toBe(24)
  })

  it('is the larger one where two have as much', () => {
    expect(targetOf([shape('360x640', 2, 24), shape('1280x720', 2, 30)])).toEqual({ width: 1280, height: 720, frameRate: { num: 30, den: 1 } })
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

  it('is not told from what is next to nothing beside something loud', () => {
    const whisper = noise(11_200).map((value, at) => at > 8000 ? 0 : value * 0.001)
    const beside = Float32Array.from(whisper, (value, at) => (at < 700 ? Math.sin(at * 0.4) : 0) - value * 0.1)
    expect(secondsOutOfStep({ samples: whisper, rateHz }, { samples: beside, rateHz })).toBe(null)
  })

  it('is not known of silence', () => {
    expect(secondsOutOfStep({ samples: new Float32Array(11_200), rateHz }, { samples: meant, rateHz })).toBe(null)
  })

  it('is nothing for a tone, which is the same one wave later', () => {
    const tone = Float32Array.from({ length: 11_200 }, (_, at) => Math.sin(at * 0.1))
    expect(secondsOutOfStep({ samples: tone, rateHz }, { samples: tone, rateHz })).toBe(0)
  })
})
