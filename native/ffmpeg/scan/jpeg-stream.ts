const END_OF_IMAGE = Buffer.from([0xff, 0xd9])
const START_OF_SCAN = 0xda
/** No candidate is larger; what is, is no JPEG any more. */
const LARGEST = 32 * 1024 * 1024

/** Cuts a stream of JPEG files into the files. */
export interface JpegStream { push(part: Buffer): Buffer[] }

/** Where the compressed picture data begins: headers are walked by their lengths, since they may hold any bytes. -1: not yet there. */
function scanStart(data: Buffer): number {
  let at = 2
  while (at + 4 <= data.length) {
    const length = data.readUInt16BE(at + 2)
    if (data[at + 1] === START_OF_SCAN) return at + 2 + length
    at += 2 + length
  }
  return -1
}

/** Length of the first JPEG in `data`; 0 when it is not whole yet. In its compressed data an 0xff is never followed by 0xd9. */
function lengthOfFirst(data: Buffer): number {
  if (data.length < 4) return 0
  if (data[0] !== 0xff || data[1] !== 0xd8) throw new Error('the candidates are no stream of JPEG files')
  const start = scanStart(data)
  if (start < 0) return 0
  const end = data.indexOf(END_OF_IMAGE, start)
  return end < 0 ? 0 : end + END_OF_IMAGE.length
}

/** A splitter that holds at most one unfinished file. */
export function createJpegStream(): JpegStream {
  let rest: Buffer = Buffer.alloc(0)
  return {
    push(part) {
      rest = rest.length === 0 ? part : Buffer.concat([rest, part])
      const files: Buffer[] = []
      for (let length = lengthOfFirst(rest); length > 0; length = lengthOfFirst(rest)) {
        // a copy: the file outlives the 64 kB that its bytes came in
        files.push(Buffer.from(rest.subarray(0, length)))
        rest = rest.subarray(length)
      }
      if (rest.length > LARGEST) throw new Error('a candidate has no end')
      return files
    },
  }
}
