import { existsSync } from 'node:fs'
import type { VoiceDetector, VoiceState } from '../../electron/core/ports.ts'
import { SAMPLE_RATE, VoiceSpans } from '../../electron/core/pipeline/speech/voice-spans.ts'
import type { VoiceSpan } from '../../electron/core/pipeline/speech/voice-spans.ts'
import { wavSamples } from '../../native/onnx/test-models.ts'
import { sequence } from '../bench/ui/big-library.ts'
import { sharedMedia } from '../shared-media.ts'
import type { Block, Verdict } from './block.ts'
import { directVoice } from './direct/voice-model.ts'

const SECONDS_OF_NOTHING = 60
/** Of full scale: as loud as somebody who speaks. */
const NOISE_PEAK = 0.3
/** Samples that come at a time, as from a file that is decoded. */
const BLOCK = 16_000
/** How far one window may be from the direct script. */
const BAR_LIKELY = 1e-4

interface Sound { name: string, samples: Float32Array, isSpeech: boolean }

function sounds(): Sound[] {
  const random = sequence(11)
  const made = (name: string, value: () => number): Sound => ({ name, samples: Float32Array.from({ length: SECONDS_OF_NOTHING * SAMPLE_RATE }, value), isSpeech: false })
  const recorded = ['silero-test.wav', 'jfk.wav'].map((name) => ({ name, file: sharedMedia('speech', name) })).filter(({ file }) => existsSync(file))
  return [
    ...recorded.map(({ name, file }): Sound => ({ name, samples: wavSamples(file), isSpeech: true })),
    made('silence', () => 0),
    made('white noise', () => (random() * 2 - 1) * NOISE_PEAK),
  ]
}

async function heard(detector: VoiceDetector, samples: Float32Array, signal: AbortSignal): Promise<{ likely: number[], spans: VoiceSpan[] }> {
  const spans = new VoiceSpans()
  const found: VoiceSpan[] = []
  const likely: number[] = []
  let state: VoiceState | null = null
  for (let from = 0; from < samples.length; from += BLOCK) {
    const piece = await detector.hear(samples.subarray(from, from + BLOCK), state, signal)
    state = piece.state
    likely.push(...piece.likely)
    for (const window of piece.likely) found.push(...[spans.hear(window)].filter((span) => span !== null))
  }
  found.push(...[spans.close()].filter((span) => span !== null))
  return { likely, spans: found }
}

/** Where speech is found, in speech and where nobody speaks, with the same numbers as a bare session gives. */
export const voice: Block = {
  name: 'voice',
  title: 'Speech or not',
  run: async ({ models, installed, print, signal }): Promise<Verdict> => {
    const [detector, files] = [await models.voice(), await installed('voice')]
    if (detector === null || files === null) return { skipped: 'no voice detector' }
    print(`  model ${detector.id}`)
    let isMet = true
    for (const { name, samples, isSpeech } of sounds()) {
      const { likely, spans } = await heard(detector, samples, signal)
      const direct = await directVoice(files, samples)
      const farthest = likely.reduce((most, value, at) => Math.max(most, Math.abs(value - direct[at]!)), 0)
      const share = 100 * spans.reduce((sum, { start, end }) => sum + end - start, 0) / samples.length
      isMet &&= likely.length === direct.length && farthest <= BAR_LIKELY && (isSpeech || spans.length === 0)
      print(`  ${name.padEnd(16)} ${(samples.length / SAMPLE_RATE).toFixed(0).padStart(3)} s: ${share.toFixed(1).padStart(5)} % speech in ${String(spans.length).padStart(2)} spans; farthest from the direct script ${farthest.toExponential(1)}`)
    }
    print(`  bar: no speech in silence and noise, every window within ${BAR_LIKELY} of the direct script: ${isMet ? 'PASS' : 'FAIL'}`)
    return isMet ? 'passed' : 'failed'
  },
}
