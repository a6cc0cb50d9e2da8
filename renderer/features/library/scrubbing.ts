import { create } from 'zustand'
import type { Frame, VideoCard } from '../../../electron/contract/cards.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { engine } from '../../api.ts'
import { frameUrl } from '../../media.ts'

interface Scrubbing {
  /** The video whose poster shows its key frames; one at a time. */
  video: VideoId | null
  frames: readonly Frame[]
  index: number
}

const nothing: Scrubbing = { video: null, frames: [], index: 0 }
export const useScrubbing = create<Scrubbing>(() => nothing)

const FRAMES = 32
const KEPT_VIDEOS = 60
// A pointer that only crosses a card on its way asks for nothing.
const DWELL_MS = 60

interface Kept { mark: string, frames: Promise<Frame[]>, images: HTMLImageElement[] }
const kept = new Map<VideoId, Kept>()

/** Changes whenever the video may have other key frames than before. */
const markOf = ({ poster, coverage }: VideoCard): string => `${poster ?? ''} ${coverage.find(({ stage }) => stage === 'scan')?.progress ?? 0}`

function framesOf(card: VideoCard): Promise<Frame[]> {
  const known = kept.get(card.id)
  if (known !== undefined && known.mark === markOf(card)) return known.frames
  const entry: Kept = { mark: markOf(card), images: [], frames: engine.call('library.frames', { video: card.id, limit: FRAMES }).then(({ frames }) => frames) }
  kept.delete(card.id)
  kept.set(card.id, entry)
  for (const [oldest] of kept) if (kept.size > KEPT_VIDEOS) kept.delete(oldest)
  entry.frames.then(
    (frames) => {
      entry.images = frames.map(({ sceneId }) => {
        const image = new Image()
        image.src = frameUrl(sceneId)
        return image
      })
    },
    // Without key frames the poster stays as it is; the next hover asks again.
    () => { kept.delete(card.id) },
  )
  return entry.frames
}

let wanted: VideoId | null = null
// Where the pointer is by the time that the key frames are known, and not where it was when they were asked for.
let wantedIndex: (count: number) => number = () => 0

async function begin(card: VideoCard): Promise<void> {
  const frames = await framesOf(card).catch(() => [])
  if (wanted === card.id && frames.length > 0) useScrubbing.setState({ video: card.id, frames, index: wantedIndex(frames.length) })
}

/** Shows the key frame at a share (0 to 1) of the poster's width. */
export function scrubTo(card: VideoCard, share: number): void {
  const index = (count: number): number => Math.min(count - 1, Math.max(0, Math.floor(share * count)))
  const now = useScrubbing.getState()
  if (now.video === card.id) { useScrubbing.setState({ index: index(now.frames.length) }); return }
  wantedIndex = index
  if (wanted === card.id) return
  wanted = card.id
  setTimeout(() => { if (wanted === card.id) void begin(card) }, DWELL_MS)
}

/** Shows the next or the previous key frame. */
export function scrubBy(card: VideoCard, step: 1 | -1): void {
  const now = useScrubbing.getState()
  if (now.video === card.id) {
    useScrubbing.setState({ index: Math.min(now.frames.length - 1, Math.max(0, now.index + step)) })
    return
  }
  wanted = card.id
  wantedIndex = (count) => step === 1 ? Math.min(1, count - 1) : 0
  void begin(card)
}

/** Back to the poster. */
export function stopScrubbing(id: VideoId): void {
  if (wanted === id) wanted = null
  if (useScrubbing.getState().video === id) useScrubbing.setState(nothing)
}

/** The second of the key frame that a poster shows; the beginning when it shows itself. */
export function scrubbedAt(id: VideoId): number {
  const { video, frames, index } = useScrubbing.getState()
  return video === id ? frames[index]?.at ?? 0 : 0
}
