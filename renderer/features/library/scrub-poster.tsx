import type { ReactNode } from 'react'
import { useState } from 'react'
import type { VideoCard } from '../../../electron/contract/cards.ts'
import type { Frame } from '../../../electron/contract/cards.ts'
import { frameUrl } from '../../media.ts'
import { timeText } from '../../time-text.ts'
import { FrameImage } from '../../ui/frame-image.tsx'
import { scrubTo, stopScrubbing, useScrubbing } from './scrubbing.ts'
import css from './video-card.module.css'

function ScrubbedFrame({ frame }: { frame: Frame }) {
  const [isLoaded, setLoaded] = useState(false)
  return <img className={css.scrubbed} data-loaded={isLoaded || undefined} src={frameUrl(frame.sceneId)} alt="" draggable={false} decoding="sync" onLoad={() => { setLoaded(true) }} />
}

/** The key frame that stands for a video. Moving the pointer across it goes through all its key frames. */
export function ScrubPoster({ card, children }: { card: VideoCard, children?: ReactNode }) {
  const scrubbing = useScrubbing((state) => state.video === card.id ? state : null)
  const frame = scrubbing?.frames[scrubbing.index]
  return (
    <div
      className={css.poster} data-missing={card.state === 'missing' || undefined}
      onPointerMove={(event) => {
        if (event.pointerType !== 'mouse' || card.poster === null) return
        const { left, width } = event.currentTarget.getBoundingClientRect()
        scrubTo(card, (event.clientX - left) / width)
      }}
      onPointerLeave={() => { stopScrubbing(card.id) }}
    >
      <FrameImage scene={card.poster} />
      {frame === undefined ? null : <ScrubbedFrame frame={frame} />}
      {children}
      <time className={css.length}>{frame !== undefined ? timeText(frame.at, 0) : card.duration === null ? '' : timeText(card.duration, 0)}</time>
      {scrubbing === null ? null : <span className={css.position} style={{ left: `${(scrubbing.index + 0.5) / scrubbing.frames.length * 100}%` }} />}
    </div>
  )
}
