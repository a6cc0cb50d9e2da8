import type { VideoId } from '../../../electron/contract/ids.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { engine } from '../../api.ts'
import { proxyUrl, videoUrl } from '../../media.ts'

/** Something that a browser plays, and which seconds of the video are in it. */
export interface ClipSourceFile {
  url: string
  /** Add it to a second of the video to get the `currentTime`. */
  offset: number
  from: number
  until: number
}

const opened = new Map<VideoId, Promise<PlayerVideo>>()
const needsProxy = new Set<VideoId>()

/** All that is known of a video; asked for once. */
export function openVideo(video: VideoId): Promise<PlayerVideo> {
  const known = opened.get(video)
  if (known !== undefined) return known
  const asked = engine.call('player.open', { video })
  opened.set(video, asked)
  asked.catch(() => { opened.delete(video) })
  return asked
}

/** Notes that the file itself shows nothing here. False when that was known already, so that a proxy does not help either. */
export function fallBackToProxy(video: VideoId): boolean {
  if (needsProxy.has(video)) return false
  needsProxy.add(video)
  return true
}

function playsFile({ playback: { contentType, codecs } }: PlayerVideo): boolean {
  if (contentType === null) return false
  return document.createElement('video').canPlayType(codecs === null ? contentType : `${contentType}; codecs="${codecs}"`) !== ''
}

/** What to play to see a second of a video: its file where this browser plays it, else a piece of its proxy. */
export async function sourceAt(video: VideoId, second: number, signal?: AbortSignal): Promise<ClipSourceFile> {
  const player = await openVideo(video)
  signal?.throwIfAborted()
  if (!needsProxy.has(video) && playsFile(player)) {
    return { url: videoUrl(video), offset: player.playback.offsetSeconds, from: 0, until: Infinity }
  }
  const { piece, start, end } = await engine.call('player.proxy', { video, at: Math.max(0, second) }, signal)
  return { url: proxyUrl(video, piece), offset: -start, from: start, until: end }
}
