import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Inference, VoiceDetector, VoiceState } from '../../electron/core/ports.ts'
import { farthest, never, shared, silero, testInference, wavSamples } from './test-models.ts'

const speech = path.join(shared, 'media', 'speech')

function share(likely: Float32Array): number {
  return likely.filter((value) => value > 0.5).length / likely.length
}

describe.skipIf(!existsSync(silero().folder))('the voice detector (skipped without the shared models)', () => {
  let inference: Inference
  let detector: VoiceDetector
  beforeAll(() => {
    inference = testInference()
    detector = inference.voiceDetector(silero())
  })
  afterAll(async () => { await inference.close() })

  // Counted on 2026-11-21 with Silero VAD 6.2 and a bare session.
  it.each([['jfk.wav', 343, 0.679], ['silero-test.wav', 1875, 0.774]])('hears in %s speech in the share of its %i windows that is known', async (name, windows, expected) => {
    const { likely } = await detector.hear(wavSamples(path.join(speech, name)), null, never)
    expect(likely).toHaveLength(windows)
    expect(Math.abs(share(likely) - expected)).toBeLessThan(0.005)
  })

  it('hears none in silence and none in noise', async () => {
    let seed = 7
    const noise = Float32Array.from({ length: 80_000 }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return (seed / 2 ** 31 - 1) * 0.3
    })
    expect(share((await detector.hear(noise, null, never)).likely)).toBe(0)
    expect(share((await detector.hear(new Float32Array(80_000), null, never)).likely)).toBe(0)
  })

  it('gives the same numbers wherever a sound is cut into pieces', async () => {
    const sound = wavSamples(path.join(speech, 'jfk.wav')).subarray(0, 40_000)
    const { likely, state: atOnce } = await detector.hear(sound, null, never)
    const pieces: number[] = []
    let state: VoiceState | null = null
    for (const [from, to] of [[0, 100], [100, 612], [612, 613], [613, 9_999], [9_999, 9_999], [9_999, 30_000], [30_000, 40_000]]) {
      const heard = await detector.hear(sound.subarray(from, to), state, never)
      pieces.push(...heard.likely)
      state = heard.state
    }
    expect(pieces).toHaveLength(Math.floor(40_000 / 512))
    expect(farthest(pieces, likely)).toBe(0)
    expect(state).toEqual(atOnce)
  })

  it('stops within a window', async () => {
    const stop = new AbortController()
    const asked = detector.hear(new Float32Array(16_000 * 600), null, stop.signal)
    stop.abort()
    await expect(asked).rejects.toThrow()
    expect((await detector.hear(new Float32Array(512), null, never)).likely).toHaveLength(1)
  })
})
