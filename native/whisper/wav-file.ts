const RATE = 16_000
const HEADER = 44
/** whisper.cpp gives nothing for less than 0.1 s, and older ones nothing for less than 1 s. */
const SHORTEST_SECONDS = 1.1

/** A WAV file, 16 bit, of 16 kHz mono sound from -1 to 1: what is too short is followed by silence, what is no number is silence. */
export function wavFile(samples: Float32Array): Buffer {
  const count = Math.max(samples.length, SHORTEST_SECONDS * RATE)
  const file = Buffer.alloc(HEADER + 2 * count)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(RATE, 24)
  file.writeUInt32LE(2 * RATE, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(2 * count, 40)
  for (const [index, sample] of samples.entries()) {
    const heard = Number.isNaN(sample) ? 0 : Math.min(1, Math.max(-1, sample))
    file.writeInt16LE(Math.round(heard * 32_767), HEADER + 2 * index)
  }
  return file
}
