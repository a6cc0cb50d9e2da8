import { createShotDetector, SMALL_FRAME } from './detector.ts'
import type { ShotBoundary, SmallFrame } from './detector.ts'

const { width, height } = SMALL_FRAME

/** One picture of a made film: rgb of the pixel at x, y (0..47, 0..26), each 0..255. */
export type Picture = (x: number, y: number) => readonly [number, number, number]

/** The same numbers for the same seed, 0..1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A made-up place, endless in all directions: coloured value noise in two octaves. */
export function place(seed: number): Picture {
  const random = randomFrom(seed * 7919)
  const size = 64
  const lattice = Float32Array.from({ length: size * size * 3 }, random)
  const tint = [0.4 + 0.6 * random(), 0.4 + 0.6 * random(), 0.4 + 0.6 * random()] as const
  const at = (x: number, y: number, c: number): number => lattice[(((y & 63) * size + (x & 63)) * 3 + c) % lattice.length] ?? 0
  const smooth = (x: number, y: number, c: number): number => {
    const [xi, yi] = [Math.floor(x), Math.floor(y)]
    const [fx, fy] = [x - xi, y - yi]
    const top = at(xi, yi, c) * (1 - fx) + at(xi + 1, yi, c) * fx
    const bottom = at(xi, yi + 1, c) * (1 - fx) + at(xi + 1, yi + 1, c) * fx
    return top * (1 - fy) + bottom * fy
  }
  const light = (x: number, y: number, c: number): number => 0.7 * smooth(x / 9, y / 9, 0) + 0.3 * smooth(x / 3 + 17, y / 3, c)
  return (x, y) => [255 * tint[0] * light(x, y, 0), 255 * tint[1] * light(x, y, 1), 255 * tint[2] * light(x, y, 2)]
}

/** One colour all over. */
export function plain(value: number): Picture {
  return () => [value, value, value]
}

/** `a` turning into `b`: 0 is a, 1 is b. */
export function mix(a: Picture, b: Picture, share: number): Picture {
  return (x, y) => {
    const [p, q] = [a(x, y), b(x, y)]
    return [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share, p[2] + (q[2] - p[2]) * share]
  }
}

/** The picture seen from further right and down. */
export function moved(a: Picture, dx: number, dy = 0): Picture {
  return (x, y) => a(x + dx, y + dy)
}

/** `b` inside the area where `inside` holds, `a` elsewhere. */
export function over(a: Picture, b: Picture, inside: (x: number, y: number) => boolean): Picture {
  return (x, y) => (inside(x, y) ? b(x, y) : a(x, y))
}

/** The picture in other light: times `gain`, plus `offset`. */
export function lit(a: Picture, gain: number, offset = 0): Picture {
  return (x, y) => {
    const p = a(x, y)
    return [p[0] * gain + offset, p[1] * gain + offset, p[2] * gain + offset]
  }
}

/** `count` pictures, each made from its number. */
export function shot(count: number, picture: (i: number) => Picture): Picture[] {
  return Array.from({ length: count }, (_, i) => picture(i))
}

/** rgb24 pixels with sensor noise of up to `noise` levels either way. */
export function pixelsOf(picture: Picture, random: () => number, noise = 5): Uint8Array {
  const pixels = new Uint8ClampedArray(width * height * 3)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (const value of picture(x, y)) pixels[i++] = value + (random() - 0.5) * 2 * noise
    }
  }
  return new Uint8Array(pixels.buffer)
}

/** A film at a steady rate; pts in thousandths of a second. */
export function filmOf(pictures: readonly Picture[], fps = 30): SmallFrame[] {
  const random = randomFrom(1)
  return pictures.map((picture, i) => {
    const pts = Math.round((i * 1000) / fps)
    return { pts, seconds: pts / 1000, pixels: pixelsOf(picture, random) }
  })
}

/** All boundaries of a film. */
export function boundariesOf(frames: readonly SmallFrame[]): ShotBoundary[] {
  const detector = createShotDetector()
  const boundaries = frames.flatMap((frame) => detector.push(frame).boundaries)
  return [...boundaries, ...detector.flush()]
}
