import type { CallInput } from '../contract/calls.ts'
import { SceneId, VideoId } from '../contract/ids.ts'
import type { Client } from '../rpc/client.ts'
import type { MediaFile } from './media-response.ts'

/** What the engine is asked for. */
export type MediaWish = CallInput<'media.locate'>

const NUMBER = '([1-9][0-9]{0,14})'
const videoAddress = new RegExp(`^/video/${NUMBER}$`)
const frameAddress = new RegExp(`^/frame/${NUMBER}$`)
const pictureAddress = new RegExp(`^/picture/${NUMBER}/(0|[1-9][0-9]{0,11})$`)
const proxyAddress = new RegExp(`^/proxy/${NUMBER}/(0|[1-9][0-9]{0,8})$`)

/** The medium that an address below the media's own base names: ids in plain digits and nothing else. Null for any other text. */
export function mediaWish(address: string): MediaWish | null {
  const video = videoAddress.exec(address)
  if (video !== null) return { kind: 'video', video: VideoId.parse(Number(video[1])) }
  const frame = frameAddress.exec(address)
  if (frame !== null) return { kind: 'frame', scene: SceneId.parse(Number(frame[1])) }
  const picture = pictureAddress.exec(address)
  if (picture !== null) return { kind: 'picture', video: VideoId.parse(Number(picture[1])), atMs: Number(picture[2]) }
  const proxy = proxyAddress.exec(address)
  if (proxy !== null) return { kind: 'proxy', video: VideoId.parse(Number(proxy[1])), piece: Number(proxy[2]) }
  return null
}

const KEPT_MS = 5000
const KEPT_AT_MOST = 500

/** Asks the engine where a medium lies, and remembers it for some seconds: a player asks for many pieces of one file. */
export function createMediaLocator(engine: Pick<Client, 'call'>, now: () => number = Date.now): (wish: MediaWish) => Promise<MediaFile> {
  const kept = new Map<string, { file: Promise<MediaFile>, until: number }>()
  return (wish) => {
    const key = JSON.stringify(wish)
    const known = kept.get(key)
    if (known !== undefined && known.until > now()) return known.file
    kept.delete(key)
    const oldest = kept.size < KEPT_AT_MOST ? undefined : kept.keys().next().value
    if (oldest !== undefined) kept.delete(oldest)
    const file = engine.call('media.locate', wish)
    const entry = { file, until: now() + KEPT_MS }
    kept.set(key, entry)
    // What was not there a moment ago may be there now.
    file.catch(() => { if (kept.get(key) === entry) kept.delete(key) })
    return file
  }
}
