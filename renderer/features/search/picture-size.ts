interface Size { width: number, height: number }

/** The size in whole pixels with neither side longer than `most`, in the same proportions; what is small stays as it is. */
export function fitted({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
