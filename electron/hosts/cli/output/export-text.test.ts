import { describe, expect, it } from 'vitest'
import { PlannedClip } from '../../../contract/exports.ts'
import { planText } from './export-text.ts'

const planned = PlannedClip.parse({
  clip: { kind: 'scene', sceneId: 1 }, fileName: 'talk.mp4', mode: 'exact', why: 'Encoded anew, as asked.', copyShift: { framesBefore: 1, framesAfter: 5 },
  start: 1, end: 3, firstFrameAt: 1, lastFrameAt: 2.96, frames: 50, estimatedBytes: 2000,
})
const plan = (...clips: PlannedClip[]): string => planText({ clips, problems: [], seconds: 2, estimatedBytes: 2000 })

describe('the plan of an export in words', () => {
  it('says in a sentence of its own what copying would do', () => {
    expect(plan(planned)).toContain('exact: Encoded anew, as asked. As a copy: 1 frame more before, 5 after.\n')
  })

  it('counts no frames of sound alone', () => {
    expect(plan({ ...planned, fileName: 'talk.m4a', frames: 0, copyShift: null })).toContain('0:01.0 - 0:03.0, about 2.0 kB\n')
  })
})
