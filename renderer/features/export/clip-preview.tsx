import { ListVideo, Pause, Play, SkipBack, SkipForward, SquarePlay } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import { go } from '../../stores/navigation.ts'
import { timeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Slider } from '../../ui/slider.tsx'
import { FramingOverlay } from './framing/framing-overlay.tsx'
import type { Size } from './framing/framing-parts.ts'
import { attachPreview, lookAtSecond, showClip, togglePlaying, togglePlayingAll, usePreview } from './preview.ts'
import css from './clip-preview.module.css'

interface ClipPreviewProps {
  clip: TrayClip
  /** Of the picture as it is shown; null while it is not known. */
  size: Size | null
  frameSeconds: number
  place: number
  of: number
}

function Screen({ clip, size, frameSeconds }: Pick<ClipPreviewProps, 'clip' | 'size' | 'frameSeconds'>) {
  const screen = useRef<HTMLVideoElement>(null)
  const isLoading = usePreview((state) => state.isLoading)
  const error = usePreview((state) => state.error)
  useEffect(() => screen.current === null ? undefined : attachPreview(screen.current), [])
  const { id, videoId, start, end } = clip
  useEffect(() => { showClip(id, { video: videoId, start, end, frameSeconds }) }, [id, videoId, start, end, frameSeconds])
  return (
    <div className={css.screen}>
      <video ref={screen} playsInline preload="auto" aria-label={messages.tray.previewVideo(clip.title)} onClick={togglePlaying} />
      <FramingOverlay key={id} clip={clip} picture={size} />
      {error === null ? null : <div className={css.error}><ErrorNote error={error} /></div>}
      {isLoading ? <div className={css.busy}><Progress label={messages.tray.preview} value={null} /></div> : null}
    </div>
  )
}

function Position({ clip, frameSeconds }: Pick<ClipPreviewProps, 'clip' | 'frameSeconds'>) {
  const second = usePreview((state) => Math.min(clip.end, Math.max(clip.start, state.second)))
  const [now, length] = [second - clip.start, clip.end - clip.start]
  return (
    <div className={css.seek}>
      <Slider
        label={messages.tray.preview} value={now} min={0} max={length} step={frameSeconds} valueText={(value) => timeText(value, 2)}
        onChange={(value) => { lookAtSecond(clip.start + value) }}
      />
    </div>
  )
}

function Time({ clip }: { clip: TrayClip }) {
  const second = usePreview((state) => Math.min(clip.end, Math.max(clip.start, state.second)))
  return <span className={css.time}><strong>{timeText(second - clip.start, 2)}</strong> / {timeText(clip.end - clip.start, 2)}</span>
}

function Controls({ clip, frameSeconds, place, of }: ClipPreviewProps) {
  const isPlaying = usePreview((state) => state.isPlaying)
  const isPlayingAll = usePreview((state) => state.isPlayingAll)
  return (
    <div className={css.controls}>
      <IconButton label={isPlaying ? messages.tray.pause : messages.tray.play} icon={isPlaying ? <Pause /> : <Play />} shortcut={keysOf('tray-play')} onClick={togglePlaying} />
      <IconButton label={messages.tray.toStart} icon={<SkipBack />} onClick={() => { lookAtSecond(clip.start) }} />
      <IconButton label={messages.tray.toEnd} icon={<SkipForward />} onClick={() => { lookAtSecond(clip.end - frameSeconds) }} />
      <Time clip={clip} />
      <span className={css.space} />
      {isPlayingAll ? <span className={css.note}>{messages.tray.playingOf(place, of)}</span> : null}
      <IconButton label={isPlayingAll ? messages.tray.stopPlayAll : messages.tray.playAll} icon={<ListVideo />} isOn={isPlayingAll} shortcut={keysOf('tray-play-all')} onClick={togglePlayingAll} />
      <IconButton label={messages.tray.openInPlayer} icon={<SquarePlay />} onClick={() => { go({ view: 'player', video: clip.videoId, at: clip.start, until: clip.end }) }} />
    </div>
  )
}

/** Plays exactly what will be written, one clip or all of them. */
export function ClipPreview(props: ClipPreviewProps) {
  return (
    <section className={css.preview} aria-label={messages.tray.preview}>
      <Screen clip={props.clip} size={props.size} frameSeconds={props.frameSeconds} />
      <Position clip={props.clip} frameSeconds={props.frameSeconds} />
      <Controls {...props} />
    </section>
  )
}
