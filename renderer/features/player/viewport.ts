/** The part of a video that the timeline shows. */
export interface Viewport { from: number, seconds: number }

const LEAST_SECONDS = 0.5

function within({ from, seconds }: Viewport, duration: number): Viewport {
  const length = Math.max(Math.min(LEAST_SECONDS, duration), Math.min(seconds, duration))
  return { from: Math.max(0, Math.min(from, duration - length)), seconds: length }
}

export const fitted = (duration: number): Viewport => ({ from: 0, seconds: Math.max(duration, 0.001) })

/** Shows less (`factor` below 1) or more, with the moment `at` where it is. */
export function zoomed({ from, seconds }: Viewport, { at, factor, duration }: { at: number, factor: number, duration: number }): Viewport {
  const { seconds: length } = within({ from, seconds: seconds * factor }, duration)
  return within({ from: at - (at - from) * (length / seconds), seconds: length }, duration)
}

export function moved({ from, seconds }: Viewport, by: number, duration: number): Viewport {
  return within({ from: from + by, seconds }, duration)
}

/** So that the second is shown: the same if it is, else turned like a page. */
export function showing(viewport: Viewport, second: number, duration: number): Viewport {
  const { from, seconds } = viewport
  return second >= from && second <= from + seconds ? viewport : within({ from: second - seconds * 0.1, seconds }, duration)
}

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]

/** Seconds between the labels of a ruler, so that they do not touch. */
export function rulerStep({ seconds }: Viewport, width: number, labelWidth: number): number {
  const least = seconds * labelWidth / Math.max(1, width)
  return STEPS.find((step) => step >= least) ?? Math.ceil(least / 3600) * 3600
}
