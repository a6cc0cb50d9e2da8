import { useEffect, useRef, useState } from 'react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import type { Frame } from '../../../electron/contract/cards.ts'
import type { SceneId, VideoId } from '../../../electron/contract/ids.ts'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { engine } from '../../api.ts'
import { videoUrl } from '../../media.ts'
import { messages } from '../../messages.ts'
import { isCancelled, reportError } from '../../report-error.ts'
import { FrameImage } from '../../ui/frame-image.tsx'
import css from './hit-preview.module.css'

const text = messages.search

type Playback = PlayerVideo['playback']
/** How the hit is shown: not known yet, as a video, or by its key frames because the browser can not decode it or the file is away. */
type Way = { kind: 'looking' } | { kind: 'video', offsetSeconds: number } | { kind: 'frames', why: string }

const FRAME_MS = 700

function wayFor({ contentType, codecs, offsetSeconds }: Playback): Way {
  const type = contentType === null || codecs === null ? contentType : `${contentType}; codecs="${codecs}"`
  const canPlay = type !== null && document.createElement('video').canPlayType(type) !== ''
  return canPlay ? { kind: 'video', offsetSeconds } : { kind: 'frames', why: text.cannotPlay }
}

function useWay(video: VideoId): [Way, (why: string) => void] {
  const [way, setWay] = useState<Way>({ kind: 'looking' })
  useEffect(() => {
    const stop = new AbortController()
    engine.call('player.open', { video }, stop.signal).then(
      ({ playback }) => { if (!stop.signal.aborted) setWay(wayFor(playback)) },
      (error: unknown) => {
        if (isCancelled(error)) return
        reportError(error)
        setWay({ kind: 'frames', why: text.videoAway })
      },
    )
    return () => { stop.abort() }
  }, [video])
  return [way, (why) => { setWay({ kind: 'frames', why }) }]
}

function Video({ hit, offsetSeconds, isMuted, onFailed }: { hit: SearchHit, offsetSeconds: number, isMuted: boolean, onFailed(why: string): void }) {
  const video = useRef<HTMLVideoElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const [from, to] = [hit.start + offsetSeconds, hit.end + offsetSeconds]
  // Looks at every picture that is shown: events of time come four times a second, too few to end where the hit ends.
  useEffect(() => {
    const element = video.current
    if (element === null) return
    let frame = requestAnimationFrame(function look() {
      if (element.currentTime >= to || element.ended) {
        element.currentTime = from
        void element.play().catch(() => undefined) // it was taken away meanwhile
      }
      if (line.current !== null) line.current.style.transform = `scaleX(${Math.max(0, Math.min(1, (element.currentTime - from) / (to - from)))})`
      frame = requestAnimationFrame(look)
    })
    return () => { cancelAnimationFrame(frame) }
  }, [from, to])
  return (
    <>
      <video
        ref={video} className={css.video} src={videoUrl(hit.videoId)} muted={isMuted} playsInline autoPlay preload="auto" disablePictureInPicture
        onLoadedMetadata={(event) => {
          // A browser that knows only the sound of a file plays that and shows nothing.
          if (event.currentTarget.videoWidth === 0) onFailed(text.cannotPlay)
          else event.currentTarget.currentTime = from
        }}
        onError={(event) => { onFailed(event.currentTarget.error?.code === MediaError.MEDIA_ERR_NETWORK ? text.videoAway : text.cannotPlay) }}
      />
      <div ref={line} className={css.line} />
    </>
  )
}

function useFramesOf({ videoId, start, end, sceneId }: SearchHit): SceneId[] {
  const [frames, setFrames] = useState<SceneId[]>([sceneId])
  useEffect(() => {
    const stop = new AbortController()
    const within = ({ at }: Frame): boolean => at >= start && at <= end
    engine.call('library.frames', { video: videoId, limit: 200 }, stop.signal).then(({ frames: all }) => {
      const own = all.filter(within).map((one) => one.sceneId)
      if (own.length > 0) setFrames(own)
    }, reportError)
    return () => { stop.abort() }
  }, [videoId, start, end])
  return frames
}

function KeyFrames({ hit, why }: { hit: SearchHit, why: string }) {
  const frames = useFramesOf(hit)
  const [at, setAt] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => { setAt((before) => before + 1) }, FRAME_MS)
    return () => { clearInterval(timer) }
  }, [])
  return <><div className={css.frame}><FrameImage scene={frames[at % frames.length] ?? hit.sceneId} /></div><p className={css.note}>{why}</p></>
}

/** Plays the hit from its start to its end, over and over; shows its key frames where it can not be played. */
export function PreviewPicture({ hit, isMuted }: { hit: SearchHit, isMuted: boolean }) {
  const [way, fail] = useWay(hit.videoId)
  if (way.kind === 'frames') return <KeyFrames hit={hit} why={way.why} />
  return (
    <>
      <div className={css.frame}><FrameImage scene={hit.sceneId} /></div>
      {way.kind === 'video' ? <Video hit={hit} offsetSeconds={way.offsetSeconds} isMuted={isMuted} onFailed={fail} /> : null}
    </>
  )
}
