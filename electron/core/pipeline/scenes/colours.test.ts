import { describe, expect, it } from 'vitest'
import { colourDistance, countColours, dominantColours, nameOf } from './colours.ts'

/** A picture of bands: [share, red, green, blue]. */
function bands(...parts: [number, number, number, number][]): Uint8Array {
  return Uint8Array.from(parts.flatMap(([share, ...rgb]) => Array.from({ length: Math.round(share * 1000) }, () => rgb).flat()))
}

describe('colours have the names people give them', () => {
  it.each([
    ['black', '#000000'], ['black', '#141414'], ['white', '#ffffff'], ['white', '#f5f5f5'], ['grey', '#808080'], ['grey', '#505050'],
    ['red', '#ff0000'], ['red', '#dc143c'], ['red', '#8b0000'], ['orange', '#ffa500'], ['orange', '#ff8c00'], ['yellow', '#ffff00'], ['yellow', '#ffd700'],
    ['green', '#00ff00'], ['green', '#008000'], ['green', '#228b22'], ['green', '#006400'], ['teal', '#008080'], ['teal', '#00ffff'], ['teal', '#40e0d0'],
    ['blue', '#0000ff'], ['blue', '#000080'], ['blue', '#4169e1'], ['blue', '#87ceeb'], ['purple', '#800080'], ['purple', '#9370db'], ['purple', '#4b0082'],
    ['pink', '#ffc0cb'], ['pink', '#ff69b4'], ['pink', '#ff1493'], ['brown', '#8b4513'], ['brown', '#a0522d'], ['brown', '#654321'],
  ])('%s: %s', (name, hex) => {
    const [red = 0, green = 0, blue = 0] = Buffer.from(hex.slice(1), 'hex')
    expect(nameOf(red, green, blue)).toBe(name)
  })
})

describe('the colours of a scene', () => {
  it('are those of 10 % or more, largest first', () => {
    const counts = countColours(bands([0.55, 255, 0, 0], [0.25, 0, 0, 255], [0.15, 250, 250, 250], [0.05, 0, 128, 0]))
    expect(dominantColours([counts])).toEqual([{ name: 'red', share: 0.55 }, { name: 'blue', share: 0.25 }, { name: 'white', share: 0.15 }])
  })

  it('tell pictures apart', () => {
    const red = [countColours(bands([1, 250, 0, 0]))]
    const half = [countColours(bands([0.5, 250, 0, 0], [0.5, 0, 0, 250]))]
    expect(colourDistance(red, red)).toBe(0)
    expect(colourDistance(red, half)).toBeCloseTo(0.5)
    expect(colourDistance(red, [])).toBe(0.5)
  })
})
