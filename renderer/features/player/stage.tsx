import { LoaderCircle } from 'lucide-react'
import type { RefObject } from 'react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { messages } from '../../messages.ts'
import { usePlayer } from '../../stores/player.ts'
import { useSettings } from '../../stores/settings.ts'
import { percentText } from '../../time-text.ts'
import { Chip } from '../../ui/chip.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { Playback } from './playback.ts'
import css from './stage.module.css'
import { StageError } from './stage-error.tsx'
import type { Line } from './transcript.ts'
import { captionAt } from './transcript.ts'

const text = messages.player

function Captions({ lines }: { lines: readonly Line[] }) {
  const { shown, size } = useSettings(({ settings }) => settings.captions)
  const caption = usePlayer(({ second }) => shown ? captionAt(lines, second) : null)
  return caption === null ? null : <p className={`${css.caption ?? ''} ${css[size] ?? ''}`}><span>{caption}</span></p>
}

/** While a preview is being made: why there is one, and how far it is. */
function Making() {
  const why = usePlayer(({ previewWhy }) => previewWhy)
  const making = usePlayer((state) => state.making)
  if (why === null || making === null) return null
  return (
    <div className={css.making} role="status">
      <p className={css.why}>{why}</p>
      <p className="tabular">{making > 0 ? text.making(percentText(making)) : text.makingFirst}</p>
      <Progress label={text.makingFirst} value={making > 0 ? making : null} />
    </div>
  )
}

function PreviewMark() {
  const why = usePlayer(({ previewWhy }) => previewWhy)
  const isPlayed = usePlayer(({ making, error }) => making === null && error === null)
  return why === null || !isPlayed ? null : <span className={css.mark} title={`${why} ${text.previewNote}`}><Chip>{text.preview}</Chip></span>
}

function Waiting() {
  const isWaiting = usePlayer((state) => state.isWaiting && state.making === null && state.error === null)
  return isWaiting ? <LoaderCircle className={css.waiting} aria-hidden="true" /> : null
}

interface StageProps { playback: Playback, lines: readonly Line[], at: number, until: number | null, onFullScreen(): void, stage: RefObject<HTMLDivElement | null> }

/** The picture, on black. */
export function Stage({ playback, lines, at, until, onFullScreen, stage }: StageProps) {
  const element = useRef<HTMLVideoElement>(null)
  const isShown = usePlayer((state) => state.isShown)
  const attach = useEffectEvent((video: HTMLVideoElement) => { playback.attach(video, at, until !== null) })
  useEffect(() => {
    if (element.current === null) return
    attach(element.current)
    return () => { playback.detach() }
  }, [playback])
  const { title } = playback.player.details.card
  return (
    <div ref={stage} className={css.stage}>
      <video
        ref={element} className={`${css.video ?? ''} ${isShown ? '' : css.hidden ?? ''}`} aria-label={text.video(title)} playsInline preload="auto" disablePictureInPicture
        onClick={() => { playback.toggle() }} onDoubleClick={onFullScreen}
      />
      <Captions lines={lines} />
      <Waiting />
      <Making />
      <PreviewMark />
      <StageError playback={playback} />
    </div>
  )
}
