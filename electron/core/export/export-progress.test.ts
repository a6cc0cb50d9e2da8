import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../contract/events.ts'
import { ExportProgress } from './export-progress.ts'

type Told = Extract<AppEvent, { type: 'export-progress' }>

function progressOf(frames: number[]): { progress: ExportProgress, told: () => Told | undefined, wait: (ms: number) => void } {
  const events: AppEvent[] = []
  let now = 0
  const progress = new ExportProgress({ clock: { monotonic: () => now }, emit: (event) => { events.push(event) }, exportId: 3 }, frames)
  return { progress, told: () => events.findLast((event) => event.type === 'export-progress'), wait: (ms) => { now += ms } }
}

describe('the progress of an export', () => {
  it('adds up clips that are made at the same time, in pictures and in clips', () => {
    const { progress, told } = progressOf([100, 100, 50])
    const [one, two] = [progress.ofClip(0), progress.ofClip(1)]
    one(0.5, { done: 50, of: 100 })
    two(0.75, { done: 80, of: 120 })
    expect(told()).toMatchObject({ exportId: 3, clip: 1, clips: 3, progress: 0.25, frames: 130, framesOf: 270 })
    progress.end(0)
    progress.end(1)
    progress.end(2)
    expect(told()).toMatchObject({ clip: 2, progress: 1, frames: 270, framesOf: 270 })
  })

  it('never goes back', () => {
    const { progress, told } = progressOf([100])
    const tell = progress.ofClip(0)
    tell(0.5, { done: 60, of: 100 })
    tell(0.2, { done: 10, of: 100 })
    expect(told()).toMatchObject({ progress: 0.5, frames: 60 })
  })

  it('says how long the rest takes by the pictures, not by the number of clips', () => {
    const { progress, told, wait } = progressOf([900, 100])
    const tell = progress.ofClip(0)
    expect(told()).toBeUndefined()
    tell(0)
    expect(told()?.etaSeconds).toBeNull()
    wait(9000)
    tell(1)
    expect(told()?.etaSeconds).toBeCloseTo(1, 6)
  })
})
