import { CELLS } from './frame-planes.ts'

// read once: in loops this hot, some module loaders make every look at an import a call
const cells = CELLS

/** Chroma bins of the palette: each 24 wide, -132..132 both ways. */
const BIN = 24
const BINS = 12
const histogram = new Float32Array(BINS * BINS)

/**
 * Share (0..1) of the picture whose colours the other does not have, wherever they are: nothing that moves inside the
 * picture, and little of what a camera sees on its way, changes it.
 */
export function paletteDifference(a: Float32Array, b: Float32Array): number {
  histogram.fill(0)
  addColours(a, 1)
  addColours(b, -1)
  let sum = 0
  for (let i = 0; i < BINS * BINS; i++) sum += Math.abs(histogram[i] ?? 0)
  return sum / (2 * cells)
}

/** Each cell counts for the four bins around its colour, so that a slight change of tint is a slight difference. */
function addColours(picture: Float32Array, sign: 1 | -1): void {
  for (let i = cells; i < 2 * cells; i++) {
    const blue = (picture[i] ?? 0) / BIN + BINS / 2 - 0.5
    const red = (picture[i + cells] ?? 0) / BIN + BINS / 2 - 0.5
    const x = Math.max(0, Math.min(BINS - 2, Math.floor(blue)))
    const y = Math.max(0, Math.min(BINS - 2, Math.floor(red)))
    const [u, v] = [blue - x, red - y]
    add(y * BINS + x, sign * (1 - u) * (1 - v))
    add(y * BINS + x + 1, sign * u * (1 - v))
    add(y * BINS + BINS + x, sign * (1 - u) * v)
    add(y * BINS + BINS + x + 1, sign * u * v)
  }
}

function add(bin: number, value: number): void {
  histogram[bin] = (histogram[bin] ?? 0) + value
}

/** Sums over one of red, green and blue of a pair of pictures. */
interface ChannelSums {
  before: number
  squares: number
  products: number
  after: number
}

/** Adds to a channel's squares: a channel with nothing in it has no gain. */
const DARK = 1

/**
 * How much of the change from `a` to `b` no change of light makes, as a share of all of it: light multiplies red, green
 * and blue each by its own gain, haze and flash add the same to all. 0 for lamps, sun, exposure and stage lights, about
 * 0.4 and more for another picture; moving things count too.
 */
export function unlitShare(a: Float32Array, b: Float32Array): number {
  const sums = channels.map((channel) => sumsOf(a, b, channel))
  // least squares: the gains follow from the common offset
  let count = 3 * cells
  let total = 0
  for (const { before, squares, products, after } of sums) {
    total += after - (before * products) / (squares + DARK)
    count -= before ** 2 / (squares + DARK)
  }
  const offset = total / Math.max(1, count)
  let left = 0
  let all = 0
  for (const [c, { before, squares, products }] of sums.entries()) {
    const gain = (products - offset * before) / (squares + DARK)
    const channel = channels[c] ?? channels[0]
    for (let i = 0; i < cells; i++) {
      const [x, y] = [valueOf(a, i, channel), valueOf(b, i, channel)]
      left += Math.abs(y - gain * x - offset)
      all += Math.abs(y - x)
    }
  }
  return all === 0 ? 0 : left / all
}

/** Red, green and blue from luma and both chroma (ITU-R BT.601-7). */
const channels = [{ blue: 0, red: 1.402 }, { blue: -0.344, red: -0.714 }, { blue: 1.772, red: 0 }] as const

function valueOf(picture: Float32Array, cell: number, { blue, red }: { blue: number; red: number }): number {
  return (picture[cell] ?? 0) + blue * (picture[cell + cells] ?? 0) + red * (picture[cell + 2 * cells] ?? 0)
}

function sumsOf(a: Float32Array, b: Float32Array, channel: { blue: number; red: number }): ChannelSums {
  const sums = { before: 0, squares: 0, products: 0, after: 0 }
  for (let i = 0; i < cells; i++) {
    const [x, y] = [valueOf(a, i, channel), valueOf(b, i, channel)]
    sums.before += x
    sums.squares += x * x
    sums.products += x * y
    sums.after += y
  }
  return sums
}
