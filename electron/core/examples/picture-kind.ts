import { AppError } from '../errors.ts'

/** Kinds of pictures by their first bytes, so that no decoder sees anything else. What has no `begins` is told from its brand. */
const KNOWN: readonly { kind: string, begins: (head: Buffer) => boolean }[] = [
  { kind: 'JPEG', begins: (head) => starts(head, [0xff, 0xd8, 0xff]) },
  { kind: 'PNG', begins: (head) => starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { kind: 'GIF', begins: (head) => ['GIF87a', 'GIF89a'].includes(head.toString('latin1', 0, 6)) },
  { kind: 'WebP', begins: (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP' },
  // Classic and BigTIFF, in both orders of bytes.
  { kind: 'TIFF', begins: (head) => [[0x49, 0x49, 0x2a, 0], [0x4d, 0x4d, 0, 0x2a], [0x49, 0x49, 0x2b, 0], [0x4d, 0x4d, 0, 0x2b]].some((magic) => starts(head, magic)) },
  { kind: 'AVIF', begins: (head) => isBrand(head, AVIF_BRANDS) },
]

const AVIF_BRANDS = ['avif', 'avis']
// HEVC in HEIF (ISO 23008-12). `mif1` says only that it is HEIF; files of AV1 say so among their compatible brands.
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']
const LOOKED_AT = 'JPEG, PNG, WebP, GIF, AVIF and TIFF can be looked at.'

function starts(head: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte)
}

/** The brands that the first box of an ISO 14496-12 file names: its own, and those that it is compatible with. */
function brandsOf(head: Buffer): string[] {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return []
  const end = Math.min(head.readUInt32BE(0), head.length)
  return Array.from({ length: Math.max(0, Math.floor((end - 8) / 4)) }, (_, at) => head.toString('latin1', 8 + at * 4, 12 + at * 4)).filter((_, at) => at !== 1)
}

function isBrand(head: Buffer, brands: readonly string[]): boolean {
  return brandsOf(head).some((brand) => brands.includes(brand))
}

function isSvg(head: Buffer): boolean {
  return /^\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(head.toString('utf8').replace(/^\ufeff/, '')) && /<svg|<!DOCTYPE svg/i.test(head.toString('utf8'))
}

/** Throws EMPTY, UNSUPPORTED_CODEC or NOT_MEDIA for what is none of the pictures that can be looked at. */
export function checkPictureKind(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new AppError('EMPTY', { message: 'The picture is empty: 0 bytes.', hint: 'Copy it again from where it came from.' })
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096))
  if (KNOWN.some(({ begins }) => begins(head))) return
  if (isBrand(head, HEIC_BRANDS)) throw new AppError('UNSUPPORTED_CODEC', { message: 'Pictures in HEIC can not be decoded here.', hint: `Save it as JPEG and try that. ${LOOKED_AT}` })
  if (isSvg(head)) throw new AppError('UNSUPPORTED_CODEC', { message: 'A drawing in SVG is a program and no picture.', hint: `Save it as PNG and try that. ${LOOKED_AT}` })
  throw new AppError('NOT_MEDIA', { message: 'This is no picture that is known here, whatever its name says.', hint: LOOKED_AT })
}
