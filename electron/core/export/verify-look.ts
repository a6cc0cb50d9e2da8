import type { PictureStream } from '../facts.ts'
import type { ExpectedLook } from './expected.ts'
import type { Check } from './check.ts'

const UNKNOWN = new Set(['unknown', 'reserved', 'unspecified'])

const known = (name: string | null): string | null => name === null || UNKNOWN.has(name) ? null : name

/** Black at 16 is what a file means that does not say. */
function isSameRange(one: string | null, other: string | null): boolean {
  return (known(one) === 'pc') === (known(other) === 'pc')
}

function colourIsRight(expected: PictureStream['colour'], found: PictureStream['colour']): boolean {
  const isAsMeant = (['matrix', 'transfer', 'primaries'] as const).every((name) => known(expected[name]) === null || expected[name] === found[name])
  return isAsMeant && isSameRange(expected.range, found.range)
}

function colourWords({ matrix, transfer, primaries, range }: PictureStream['colour']): string {
  const names = [primaries, transfer, matrix].map(known)
  const words = names.every((name) => name === null) ? 'not marked' : `marked ${names.map((name) => name ?? 'unknown').join(', ')}`
  return known(range) === 'pc' ? `${words}, full range` : words
}

function sizeIsRight({ codec, width, height, sampleAspect }: ExpectedLook, found: PictureStream): boolean {
  const isShaped = sampleAspect === undefined || sampleAspect.num * found.sampleAspect.den === sampleAspect.den * found.sampleAspect.num
  return isShaped && (codec ?? found.codec) === found.codec && (width ?? found.width) === found.width && (height ?? found.height) === found.height
}

function turnWords({ rotationDegrees, isMirrored }: Pick<PictureStream, 'rotationDegrees' | 'isMirrored'>): string {
  if (rotationDegrees === 0 && !isMirrored) return 'upright'
  const words = [...rotationDegrees === 0 ? [] : [`turned by ${rotationDegrees} degrees`], ...isMirrored ? ['mirrored'] : []]
  return `${words.join(' and ')}, as the source is`
}

/** Whether the file says of its pictures what it should: size, turn, colours, dynamic range. */
export function lookChecks(look: ExpectedLook, found: PictureStream): Check[] {
  const isTurnedRight = found.rotationDegrees === look.rotationDegrees && found.isMirrored === look.isMirrored
  return [
    { isRight: sizeIsRight(look, found), checked: `${found.codec}, ${found.width}x${found.height}`, wrong: `it is ${found.codec} with ${found.width}x${found.height} pixels, which was not meant` },
    {
      isRight: isTurnedRight, checked: turnWords(look),
      wrong: found.rotationDegrees === 0 && !found.isMirrored ? 'it has lost its turn' : 'it is marked as turned',
    },
    { isRight: colourIsRight(look.colour, found.colour), checked: `colours ${colourWords(found.colour)}`, wrong: `its colours are ${colourWords(found.colour)} and should be ${colourWords(look.colour)}` },
    { isRight: found.dynamicRange === look.dynamicRange, checked: found.dynamicRange === 'sdr' ? 'SDR' : `${found.dynamicRange.toUpperCase()}, as the source`, wrong: `its dynamic range is ${found.dynamicRange} and should be ${look.dynamicRange}` },
  ]
}
