import type { PictureStream } from '../../electron/core/facts.ts'
import { isFullRange, sdrFilters } from './shown-picture.ts'

// Names as ffprobe prints them -> names as the encoder's options take them, where the two differ.
const TRANSFER_OPTION: Partial<Record<string, string>> = { bt470m: 'gamma22', bt470bg: 'gamma28' }
const UNKNOWN = new Set(['unknown', 'reserved', 'unspecified'])

export interface OutputColour { range: 'tv' | 'pc', matrix: string | null, transfer: string | null, primaries: string | null }

export function isRgb(picture: PictureStream): boolean {
  return picture.colour.matrix === 'gbr' || /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/.test(picture.pixelFormat ?? '')
}

/** The colours of the clip: those of the source, except that HDR and RGB become bt709. */
export function outputColour(picture: PictureStream): OutputColour {
  if (sdrFilters(picture).length > 0 || isRgb(picture)) return { range: 'tv', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' }
  const known = (name: string | null): string | null => name === null || UNKNOWN.has(name) ? null : name
  const { matrix, transfer, primaries } = picture.colour
  const knownTransfer = known(transfer)
  return {
    range: isFullRange(picture) ? 'pc' : 'tv',
    matrix: known(matrix),
    transfer: knownTransfer === null ? null : TRANSFER_OPTION[knownTransfer] ?? knownTransfer,
    primaries: known(primaries),
  }
}

export function colourArguments({ range, matrix, transfer, primaries }: OutputColour): string[] {
  const option = (name: string, value: string | null): string[] => value === null ? [] : [name, value]
  return ['-color_range', range, ...option('-colorspace', matrix), ...option('-color_trc', transfer), ...option('-color_primaries', primaries)]
}
