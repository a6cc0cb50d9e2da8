import { fitted } from './picture-size.ts'

/** A picture as it is sent and shown: its bytes as JPEG in base64, and the address of a small one. */
export interface ExamplePicture { data: string, preview: string }

/** What models look at is smaller than this by far. */
const MOST_PIXELS = 1024
const PREVIEW_PIXELS = 128
const JPEG_QUALITY = 0.92

function drawn(bitmap: ImageBitmap, most: number): string {
  const canvas = document.createElement('canvas')
  const { width, height } = fitted(bitmap, most)
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas to draw a picture on')
  // A JPEG has no transparency: what shines through is paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  return canvas.toDataURL('image/jpeg', JPEG_QUALITY)
}

/** Reads a picture file, upright as its EXIF says and not larger than it has to be. Null for what the browser can not read as one. */
export async function examplePicture(file: Blob): Promise<ExamplePicture | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (bitmap === null) return null
  try {
    const address = drawn(bitmap, MOST_PIXELS)
    return { data: address.slice(address.indexOf(',') + 1), preview: drawn(bitmap, PREVIEW_PIXELS) }
  } finally {
    bitmap.close()
  }
}
