// PIL's way to resize, written down once more as plainly as it can be said: floating point, whole picture, pixel by pixel. Only for tests.

export interface Plain { width: number, height: number, pixels: Uint8Array }

const kernels = {
  bilinear: { reach: 1, of: (x: number) => Math.abs(x) < 1 ? 1 - Math.abs(x) : 0 },
  bicubic: {
    reach: 2,
    of: (x: number) => {
      const d = Math.abs(x)
      if (d < 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1
      return d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0
    },
  },
}

function sample(kernel: keyof typeof kernels, axis: { from: number, to: number, place: number }, value: (at: number) => number): number {
  const scale = axis.from / axis.to
  const wide = Math.max(scale, 1)
  const centre = (axis.place + 0.5) * scale
  const first = Math.max(0, Math.floor(centre - kernels[kernel].reach * wide + 0.5))
  const end = Math.min(axis.from, Math.floor(centre + kernels[kernel].reach * wide + 0.5))
  let sum = 0
  let weights = 0
  for (let at = first; at < end; at++) {
    const weight = kernels[kernel].of((at + 0.5 - centre) / wide)
    sum += weight * value(at)
    weights += weight
  }
  return Math.min(255, Math.max(0, Math.floor(sum / weights + 0.5)))
}

/** The whole picture in another size. */
export function plainResize({ width, height, pixels }: Plain, size: { width: number, height: number }, kernel: keyof typeof kernels): Plain {
  const between = new Uint8Array(size.width * height * 3)
  between.forEach((_, index) => {
    const [c, x, y] = [index % 3, Math.floor(index / 3) % size.width, Math.floor(index / 3 / size.width)]
    between[index] = sample(kernel, { from: width, to: size.width, place: x }, (at) => pixels[(y * width + at) * 3 + c]!)
  })
  const result = new Uint8Array(size.width * size.height * 3)
  result.forEach((_, index) => {
    const [c, x, y] = [index % 3, Math.floor(index / 3) % size.width, Math.floor(index / 3 / size.width)]
    result[index] = sample(kernel, { from: height, to: size.height, place: y }, (at) => between[(at * size.width + x) * 3 + c]!)
  })
  return { ...size, pixels: result }
}

/** The middle of a picture. */
export function plainCrop({ width, height, pixels }: Plain, edge: number): Plain {
  const left = Math.floor((width - edge) / 2)
  const top = Math.floor((height - edge) / 2)
  const result = new Uint8Array(edge * edge * 3)
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge * 3; x++) result[y * edge * 3 + x] = pixels[(y + top) * width * 3 + left * 3 + x]!
  }
  return { width: edge, height: edge, pixels: result }
}
