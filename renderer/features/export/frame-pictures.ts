import type { VideoId } from '../../../electron/contract/ids.ts'
import { fallBackToProxy, sourceAt } from './clip-source.ts'

const MOST_KEPT = 600
const PICTURE_WIDTH = 320
const SEEK_LIMIT_MS = 8000

const pictures = new Map<string, string>()
let queue: Promise<unknown> = Promise.resolve()
let element: HTMLVideoElement | undefined

const keyOf = (video: VideoId, second: number): string => `${video}/${second.toFixed(3)}`

/** A picture that was taken before; undefined when it was not. */
export function knownPicture(video: VideoId, second: number): string | undefined {
  return pictures.get(keyOf(video, second))
}

function nextEvent(from: HTMLVideoElement, name: 'seeked' | 'loadeddata'): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = AbortSignal.timeout(SEEK_LIMIT_MS)
    const ended = new AbortController()
    const listen = { once: true, signal: ended.signal }
    from.addEventListener(name, () => { ended.abort(); resolve() }, listen)
    from.addEventListener('error', () => { ended.abort(); reject(new Error('no picture')) }, listen)
    stop.addEventListener('abort', () => { ended.abort(); reject(new Error('no picture in time')) }, listen)
  })
}

function drawn(from: HTMLVideoElement): string {
  const canvas = document.createElement('canvas')
  canvas.width = PICTURE_WIDTH
  canvas.height = Math.round(PICTURE_WIDTH * from.videoHeight / from.videoWidth)
  canvas.getContext('2d')?.drawImage(from, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', 0.82)
}

async function take(video: VideoId, second: number): Promise<string> {
  const { url, offset } = await sourceAt(video, second)
  element ??= Object.assign(document.createElement('video'), { muted: true, preload: 'auto' })
  if (element.getAttribute('src') !== url) {
    const loaded = nextEvent(element, 'loadeddata')
    element.src = url
    await loaded
  }
  if (element.videoWidth === 0) throw new Error('no picture')
  const seeked = nextEvent(element, 'seeked')
  element.currentTime = second + offset
  await seeked
  return drawn(element)
}

async function takeOrFallBack(video: VideoId, second: number): Promise<string | null> {
  try {
    return await take(video, second)
  } catch {
    element?.removeAttribute('src')
    return fallBackToProxy(video) ? take(video, second).catch(() => null) : null
  }
}

/** The picture of a second, taken by the browser itself; one after the other. Null where there is none. */
export async function pictureAt(video: VideoId, second: number, signal: AbortSignal): Promise<string | null> {
  const turn = queue.then(async () => {
    if (signal.aborted) return null
    const known = knownPicture(video, second)
    if (known !== undefined) return known
    const picture = await takeOrFallBack(video, second)
    if (picture !== null) pictures.set(keyOf(video, second), picture)
    const oldest = pictures.keys().next()
    if (pictures.size > MOST_KEPT && oldest.done !== true) pictures.delete(oldest.value)
    return picture
  })
  queue = turn.catch(() => undefined)
  return turn
}
