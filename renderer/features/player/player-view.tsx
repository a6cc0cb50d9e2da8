import type { VideoId } from '../../../electron/contract/ids.ts'

/** To be written. */
export function PlayerView({ video, at, until }: { video: VideoId, at: number, until: number | null }) {
  return <p>{video} {at} {until}</p>
}
