import { crc32, deflateSync } from 'node:zlib'
import type { Sharp } from 'sharp'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createPictures } from './sharp-pictures.ts'

const { upright } = createPictures()

/** Red on the left, blue on the right. */
const row = Buffer.concat([[255, 0, 0], [0, 0, 255]].map((colour) => Buffer.alloc(60 * 3, Buffer.from(colour))))
const flag = (): Sharp => sharp(Buffer.concat(Array.from({ length: 60 }, () => row)), { raw: { width: 120, height: 60, channels: 3 } })

interface Looked { size: [number, number], left: number[], right: number[] }

/** The size, and the colours near the left and the right edge, rounded to 64ths. */
async function look(picture: Uint8Array): Promise<Looked> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number): number[] => {
    const place = ((info.height >> 1) * info.width + x) * info.channels
    return Array.from(data.subarray(place, place + info.channels), (value) => Math.round(value / 64) * 64)
  }
  return { size: [info.width, info.height], left: at(10), right: at(info.width - 10) }
}

const plain: Looked = { size: [120, 60], left: [256, 0, 0], right: [0, 0, 256] }

/** A PNG that claims a size, with hardly anything in it. */
function bomb(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))])
}

describe('a picture that a person has', () => {
  it('is seen the same whatever it is stored as', async () => {
    const kinds = [
      flag().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }), flag().png(), flag().webp({ quality: 95 }), flag().gif(), flag().avif({ quality: 90, effort: 0 }), flag().tiff(),
    ]
    for (const [at, kind] of kinds.entries()) expect([at, await look(await upright(await kind.toBuffer(), 512))]).toEqual([at, plain])
    const printed = await flag().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()
    expect((await look(await upright(printed, 512))).size).toEqual([120, 60])
  })

  it('stands upright as its EXIF says', async () => {
    // Turned a quarter to the left in the file, and back by orientation 6.
    const turned = await flag().rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
    const { width, height } = await sharp(turned).metadata()
    expect([width, height]).toEqual([60, 120])
    expect(await look(await upright(turned, 512))).toEqual(plain)
  })

  it('is made smaller to fit, and never larger', async () => {
    const picture = await flag().png().toBuffer()
    expect((await look(await upright(picture, 40))).size).toEqual([40, 20])
    expect((await look(await upright(picture, 5000))).size).toEqual([120, 60])
  })

  it('is white where one can see through it, and the first of those that move', async () => {
    const clear = await sharp({ create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
    expect((await look(await upright(clear, 512))).left).toEqual([256, 256, 256])
    const solid = (background: string): Promise<Buffer> => sharp({ create: { width: 40, height: 40, channels: 3, background } }).png().toBuffer()
    const moving = await sharp([await solid('red'), await solid('blue')], { join: { animated: true } }).gif().toBuffer()
    expect(await look(await upright(moving, 512))).toEqual({ size: [40, 40], left: [256, 0, 0], right: [256, 0, 0] })
  })

  it('is refused before it is decoded when it is too large', async () => {
    await expect(upright(bomb(100_000, 100_000), 512)).rejects.toMatchObject({ code: 'PICTURE_TOO_LARGE', message: 'The picture is too large: 100000x100000.', hint: 'At most 128 million pixels can be looked at. Save it smaller.' })
  })

  it('is refused when it is cut off, or no picture behind its first bytes', async () => {
    for (const whole of [await flag().jpeg().toBuffer(), await flag().png().toBuffer(), await flag().webp().toBuffer()]) {
      await expect(upright(whole.subarray(0, whole.length * 0.6), 512)).rejects.toMatchObject({ code: 'UNREADABLE' })
    }
    await expect(upright(Buffer.from('\x89PNG\r\n\x1a\nand then nothing', 'latin1'), 512)).rejects.toMatchObject({ code: 'UNREADABLE' })
    await expect(upright(bomb(1000, 1000), 512)).rejects.toMatchObject({ code: 'UNREADABLE' })
  })
})
