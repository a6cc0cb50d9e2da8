// Constant rate factors of x264, as its makers give them: 18 can hardly be told from the source, 23 is its default, 6 more is about half the size.
export const qualities = { best: 14, high: 18, medium: 23, smaller: 28 } as const

export type Quality = keyof typeof qualities

/** The word for a constant rate factor: that of the nearest one. */
export function qualityName(crf: number): Quality {
  if (crf <= 15) return 'best'
  if (crf <= 20) return 'high'
  return crf <= 25 ? 'medium' : 'smaller'
}
