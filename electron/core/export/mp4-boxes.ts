import { open } from 'node:fs/promises'

/** Type and size of the boxes at the top of an mp4 file, in order. Stops at what is no box. */
async function topBoxes(path: string): Promise<{ type: string, sizeBytes: number }[]> {
  const boxes: { type: string, sizeBytes: number }[] = []
  await using file = await open(path)
  const { size: fileSize } = await file.stat()
  const header = Buffer.alloc(16)
  let at = 0
  while (at < fileSize) {
    const { bytesRead } = await file.read(header, 0, 16, at)
    if (bytesRead < 8) break
    const shortSize = header.readUInt32BE(0)
    // ISO/IEC 14496-12 4.2: 1 means a 64-bit size follows, 0 means up to the end of the file.
    const sizeBytes = shortSize === 1 ? Number(header.readBigUInt64BE(8)) : shortSize === 0 ? fileSize - at : shortSize
    if (sizeBytes < 8) break
    boxes.push({ type: header.toString('latin1', 4, 8), sizeBytes })
    at += sizeBytes
  }
  return boxes
}

/** True when a player can begin before it has the whole file: the index (moov) comes before the media (mdat). */
export async function indexIsInFront(path: string): Promise<boolean> {
  const types = (await topBoxes(path)).map((box) => box.type)
  const [index, media] = [types.indexOf('moov'), types.indexOf('mdat')]
  return index >= 0 && media >= 0 && index < media
}
