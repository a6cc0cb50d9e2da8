import type { PictureStream } from '../../electron/core/facts.ts'

/** Filters that turn the coded picture upright. The decoder must run with `-noautorotate`. */
export function uprightFilters(picture: Pick<PictureStream, 'rotationDegrees' | 'isMirrored'>): string[] {
  const flip = picture.isMirrored ? ['vflip'] : []
  switch (picture.rotationDegrees) {
    case 0: return flip
    case 90: return [...flip, 'transpose=clock']
    case 180: return [...flip, 'hflip', 'vflip']
    case 270: return [...flip, 'transpose=cclock']
  }
}

/** True when the picture lies on its side in the file. */
export function isTurnedAside(picture: Pick<PictureStream, 'rotationDegrees'>): boolean {
  return picture.rotationDegrees === 90 || picture.rotationDegrees === 270
}

/** True when black is 0 and white is 255, not 16 and 235. */
export function isFullRange(picture: Pick<PictureStream, 'colour' | 'pixelFormat'>): boolean {
  return picture.colour.range === 'pc' || (picture.pixelFormat?.startsWith('yuvj') ?? false)
}

/** The transfer to undo; null when the picture is SDR. Dolby Vision says PQ, HLG, SDR (profile 8.2) or nothing (profile 5: PQ). */
function hdrTransfer({ dynamicRange, colour }: Pick<PictureStream, 'dynamicRange' | 'colour'>): 'smpte2084' | 'arib-std-b67' | null {
  switch (dynamicRange) {
    case 'sdr': return null
    case 'hdr10': return 'smpte2084'
    case 'hlg': return 'arib-std-b67'
    case 'dolby-vision':
      if (colour.transfer === 'arib-std-b67') return 'arib-std-b67'
      return colour.transfer === null || ['smpte2084', 'unknown', 'reserved'].includes(colour.transfer) ? 'smpte2084' : null
  }
}

/**
 * Filters that bring a high dynamic range into SDR (bt709), none for SDR. The input's colour is said and not guessed:
 * zscale refuses what it does not know. 203 nits is the reference white of ITU-R BT.2408.
 */
export function sdrFilters(picture: Pick<PictureStream, 'dynamicRange' | 'colour' | 'pixelFormat'>): string[] {
  const transfer = hdrTransfer(picture)
  if (transfer === null) return []
  const range = isFullRange(picture) ? 'full' : 'limited'
  return [
    `zscale=tin=${transfer}:min=2020_ncl:pin=2020:rin=${range}:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited',
  ]
}
