import type { NamedColour } from '../../../contract/videos.ts'

/** The eleven basic colour terms (Berlin and Kay 1969), and teal, which people would miss. */
const COLOUR_NAMES = ['black', 'white', 'grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown'] as const
type ColourName = typeof COLOUR_NAMES[number]

/** Less of the picture is not worth a word, and more than a few words say nothing. */
const LEAST_SHARE = 0.1
const MOST_NAMES = 4

interface Lch { lightness: number, chroma: number, hue: number }

function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** sRGB to OKLCh; the matrices are Björn Ottosson's, "A perceptual color space for image processing" (2020). Hue in degrees. */
function toLch(red: number, green: number, blue: number): Lch {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const hue = Math.atan2(y, x) * 180 / Math.PI
  return { lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, chroma: Math.hypot(x, y), hue: hue < 0 ? hue + 360 : hue }
}

function nameWithoutHue(lightness: number): ColourName {
  if (lightness < 0.25) return 'black'
  return lightness > 0.9 ? 'white' : 'grey'
}

/** Red, pink and brown share their hues; so do orange, yellow and brown: lightness and chroma tell them apart. */
function reddishName({ lightness, chroma, hue }: Lch, isBrown: boolean): ColourName {
  if (isBrown && chroma < (hue > 20 ? 0.13 : 0.09)) return 'brown'
  return lightness > (hue < 12 ? 0.62 : 0.68) ? 'pink' : 'red'
}

function warmName(lch: Lch): ColourName {
  const { lightness, chroma, hue } = lch
  const isBrown = lightness < 0.56 || (chroma < 0.1 && lightness < 0.8)
  if (hue < 38) return reddishName(lch, isBrown)
  if (hue < 82) return isBrown ? 'brown' : 'orange'
  return lightness < 0.5 && hue < 105 ? 'brown' : 'yellow'
}

/** Where each name ends on the hue circle, in degrees of OKLCh. CSS colours lie at: lime 142, cyan 195, blue 264, magenta 328. */
const COOL_HUES: readonly [number, ColourName][] = [[168, 'green'], [222, 'teal'], [287, 'blue'], [325, 'purple'], [352, 'pink']]

function coolName({ lightness, hue }: Lch): ColourName {
  const name = COOL_HUES.find(([end]) => hue < end)?.[1]
  if (name === undefined) return lightness > 0.62 ? 'pink' : 'red'
  return name === 'pink' && lightness < 0.45 ? 'purple' : name
}

/** The word most people would use for a colour. Borders were set by eye on the named colours of CSS. */
export function nameOf(red: number, green: number, blue: number): ColourName {
  const lch = toLch(red, green, blue)
  const { lightness, chroma, hue } = lch
  // the eye sees no hue in what is very dark or nearly grey
  if (lightness < 0.2 || chroma < 0.037 || (lightness < 0.3 && chroma < 0.05)) return nameWithoutHue(lightness)
  return hue < 112 ? warmName(lch) : coolName(lch)
}

let table: Uint8Array | null = null

/** Index into COLOUR_NAMES by 5 bits of each channel. */
function nameTable(): Uint8Array {
  if (table !== null) return table
  const made = new Uint8Array(32 * 32 * 32)
  const middle = (step: number): number => Math.round(step * 255 / 31)
  made.forEach((_, at) => { made[at] = COLOUR_NAMES.indexOf(nameOf(middle(at >> 10), middle(at >> 5 & 31), middle(at & 31))) })
  table = made
  return made
}

/** How many pixels of each name, and of each of 64 colour cells, for telling pictures apart. */
export interface ColourCounts { names: Uint16Array, cells: Uint16Array }

/** Counts the pixels of a small rgb24 picture. */
export function countColours(pixels: Uint8Array): ColourCounts {
  const names = new Uint16Array(COLOUR_NAMES.length)
  const cells = new Uint16Array(64)
  const lookup = nameTable()
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const r = pixels[at] ?? 0
    const g = pixels[at + 1] ?? 0
    const b = pixels[at + 2] ?? 0
    const name = lookup[(r >> 3) << 10 | (g >> 3) << 5 | b >> 3] ?? 0
    const cell = (r >> 6) << 4 | (g >> 6) << 2 | b >> 6
    names[name] = (names[name] ?? 0) + 1
    cells[cell] = (cells[cell] ?? 0) + 1
  }
  return { names, cells }
}

function shares(counts: readonly Uint16Array[], length: number): number[] {
  const sums = Array.from({ length }, (_, at) => counts.reduce((sum, count) => sum + (count[at] ?? 0), 0))
  const all = sums.reduce((sum, value) => sum + value, 0)
  return sums.map((sum) => all === 0 ? 0 : sum / all)
}

/** The colours that make a scene: largest first, 10 % of its pictures at least, 4 at most. */
export function dominantColours(counts: readonly ColourCounts[]): NamedColour[] {
  const ofNames = shares(counts.map(({ names }) => names), COLOUR_NAMES.length)
  return COLOUR_NAMES
    .map((name, at) => ({ name, share: Math.round((ofNames[at] ?? 0) * 1000) / 1000 }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_NAMES)
}

/** 0 (same colours) to 1 (no colour in common) between two sets of pictures; 0.5 when one is empty and nothing is known. */
export function colourDistance(a: readonly ColourCounts[], b: readonly ColourCounts[]): number {
  if (a.length === 0 || b.length === 0) return 0.5
  const ofA = shares(a.map(({ cells }) => cells), 64)
  const ofB = shares(b.map(({ cells }) => cells), 64)
  return ofA.reduce((sum, share, at) => sum + Math.abs(share - (ofB[at] ?? 0)), 0) / 2
}
