// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { LateSeek } from './late-seek.ts'

/** A video as Chromium has it: it goes no further than it knows. */
function comingIn(): { element: HTMLVideoElement, knows: (seconds: number) => void } {
  const element = document.createElement('video')
  let [at, duration] = [0, Number.NaN]
  Object.defineProperties(element, {
    duration: { get: () => duration },
    currentTime: { get: () => at, set: (time: number) => { at = Math.min(time, duration) } },
  })
  return { element, knows: (seconds) => { duration = seconds } }
}

it('a seek beyond what is known so far of a file is gone on with as more is known', () => {
  const { element, knows } = comingIn()
  const seek = new LateSeek()
  seek.to(element, 13.3)
  const reached = [4.02, 12.76, 13.99, 14].map((seconds) => {
    knows(seconds)
    seek.goOn(element)
    return element.currentTime
  })
  expect(reached).toEqual([4.02, 12.76, 13.3, 13.3])
})

it('a later seek takes the place of one that was not gone on with yet', () => {
  const { element, knows } = comingIn()
  const seek = new LateSeek()
  knows(12)
  seek.to(element, 13.3)
  seek.to(element, 11)
  knows(14)
  seek.goOn(element)
  expect(element.currentTime).toBe(11)
})
