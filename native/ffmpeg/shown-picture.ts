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

/**
 * Filters that bring a high dynamic range into SDR (bt709), none for SDR. The input's colour is said and not guessed:
 * zscale refuses what it does not know. 203 nits is the reference white of ITU-R BT.2408.
 */
export function sdrFilters(picture: Pick<PictureStream, 'dynamicRange' | 'colour' | 'pixelFormat'>): string[] {
  if (picture.dynamicRange === 'sdr') return []
  const transfer = picture.dynamicRange === 'hlg' || picture.colour.transfer === 'arib-std-b67' ? 'arib-std-b67' : 'smpte2084'
  const range = isFullRange(picture) ? 'full' : 'limited'
  return [
    `zscale=tin=${transfer}:min=2020_ncl:pin=2020:rin=${range}:t=linear:npl=203`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited',
  ]
}
