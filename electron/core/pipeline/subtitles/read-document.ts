import type { SubtitleDocument } from '../../piece-ports.ts'
import type { Cue } from './cue.ts'
import { decodeText } from './encoding.ts'
import { parseAss } from './parse-ass.ts'
import { parseCaptions } from './parse-captions.ts'
import type { Repairs } from './repair.ts'
import { repairCues } from './repair.ts'

/**
 * The cues of a subtitle document of any encoding, in order, none over another, all between 0 and `endSeconds`.
 * Whatever the bytes are, it gives what it can; rejects only with the signal's reason.
 */
export async function readDocument(document: SubtitleDocument, endSeconds: number, signal: AbortSignal): Promise<{ cues: Cue[], repairs: Repairs, encoding: string }> {
  const { text, encoding } = decodeText(document.bytes)
  const { format, zeroSeconds } = document
  const cues = format === 'ass' ? await parseAss({ text, zeroSeconds }, signal) : await parseCaptions({ text, format, zeroSeconds }, signal)
  return { ...repairCues(cues, endSeconds), encoding }
}
