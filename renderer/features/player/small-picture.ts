const WIDTH = 128
const JPEG_QUALITY = 0.85

/** A small picture of what the player shows, as an address; null while it shows nothing, or may not be looked at. */
export function smallPicture(): string | null {
  const video = document.querySelector('video')
  if (video === null || video.videoWidth === 0) return null
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: WIDTH, height: Math.max(1, Math.round(WIDTH * video.videoHeight / video.videoWidth)) })
  try {
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/jpeg', JPEG_QUALITY)
  } catch {
    // A browser lets nobody read pixels that it takes for somebody else's.
    return null
  }
}
