import { describe, expect, it } from 'vitest'
import type { VideoFacts } from '../facts.ts'
import type { ClipLookup } from './clip-lookup.ts'
import { planClip } from './plan.ts'
import { sceneId, videoId } from './test-library.ts'

/** 10 s of 25 pictures a second on a clock of 12800, that begins at 1 s. */
const facts: VideoFacts = {
  id: videoId,
  path: '/videos/lake.mp4',
  media: {
    container: 'mov', durationSeconds: 10, bitRate: null, title: null, recordedAt: null, sounds: [], chosenSound: null, subtitles: [], chapters: [],
    picture: {
      index: 0, codec: 'h264', profile: null, width: 320, height: 180, pixelFormat: 'yuv420p', bitDepth: 8, timeBase: { num: 1, den: 12_800 },
      startPts: 12_800, durationPts: 128_000, frameRate: 25, isVariableRate: false, rotationDegrees: 0, isMirrored: false,
      sampleAspect: { num: 1, den: 1 }, colour: { range: null, matrix: null, transfer: null, primaries: null }, dynamicRange: 'sdr',
    },
  },
}

const lookup: ClipLookup = {
  scene: (id) => id === sceneId ? { videoId, index: 3, startPts: 38_400, endPts: 64_000 } : null,
  video: (id) => id === videoId ? { facts, title: 'lake', sizeBytes: 1, modifiedMs: 1, endPts: 140_288 } : null,
  spoken: () => [],
  shotStarts: () => [],
}

const span = (start: number, end: number) => planClip({ kind: 'span', videoId, start, end }, lookup)

describe('the plan of a clip', () => {
  it('counts seconds from the first picture, in the clock of the video', () => {
    expect(span(1, 2)).toMatchObject({ startPts: 25_600, endPts: 38_400, tolerancePts: 12, sceneIndex: null })
  })

  it('takes a scene as it is', () => {
    expect(planClip({ kind: 'scene', sceneId }, lookup)).toMatchObject({ startPts: 38_400, endPts: 64_000, tolerancePts: 0, sceneIndex: 3 })
  })

  it('ends where the video was seen to end, not where its header says', () => {
    expect(span(9, 99)).toMatchObject({ startPts: 128_000, endPts: 140_288 })
  })

  it.each([[2, 2], [3, 2]])('refuses %s to %s as empty', (start, end) => {
    expect(() => span(start, end)).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })

  it('refuses a start behind the end, and says how long the video is', () => {
    expect(() => span(9.96, 20)).toThrow('"lake" is only 9.960 s long.')
  })

  it('refuses scenes and videos that are not there', () => {
    const none = { ...lookup, scene: () => null, video: () => null }
    expect(() => planClip({ kind: 'scene', sceneId }, none)).toThrow('There is no scene 1.')
    expect(() => planClip({ kind: 'span', videoId, start: 0, end: 1 }, none)).toThrow('There is no video 1')
  })

  it('says that HDR becomes SDR', () => {
    const hdr: VideoFacts = { ...facts, media: { ...facts.media, picture: { ...facts.media.picture, dynamicRange: 'hdr10' } } }
    const plan = planClip({ kind: 'span', videoId, start: 0, end: 1 }, { ...lookup, video: () => ({ facts: hdr, title: 'lake', sizeBytes: 1, modifiedMs: 1, endPts: null }) })
    expect(plan.notes).toEqual(['HDR10 is tone-mapped to SDR, which plays everywhere'])
  })
})
