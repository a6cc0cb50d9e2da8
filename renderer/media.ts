import type { HostInfo } from '../electron/contract/host.ts'
import type { SceneId, VideoId } from '../electron/contract/ids.ts'

let base = '/media'
let query = ''

/** Where the host says that media lie. To be called before anything is shown. */
export function setMediaBase({ mediaBase, mediaQuery }: Pick<HostInfo, 'mediaBase' | 'mediaQuery'>): void {
  base = mediaBase
  query = mediaQuery
}

/** The key frame of a scene. */
export function frameUrl(scene: SceneId): string {
  return `${base}/frame/${scene}${query}`
}

/** The picture nearest to a second of a video, of those that the library keeps. */
export function pictureUrl(video: VideoId, second: number): string {
  return `${base}/picture/${video}/${Math.max(0, Math.round(second * 1000))}${query}`
}

/** The file of a video itself, with ranges. */
export function videoUrl(video: VideoId): string {
  return `${base}/video/${video}${query}`
}

/** A piece of a video's proxy that was made by player.proxy. */
export function proxyUrl(video: VideoId, piece: number): string {
  return `${base}/proxy/${video}/${piece}${query}`
}
