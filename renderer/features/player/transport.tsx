import { Captions, ChevronLeft, ChevronRight, Maximize, Minimize, PanelRightClose, PanelRightOpen, Pause, Play, ScanSearch, SkipBack, SkipForward, Volume2, VolumeX } from 'lucide-react'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import { choose, usePlayer, usePlayerChoices } from '../../stores/player.ts'
import { useSettings } from '../../stores/settings.ts'
import { percentText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { Slider } from '../../ui/slider.tsx'
import { hasSound } from './can-play.ts'
import { frameAt, lastFrame, timeCode } from './frames.ts'
import type { Playback } from './playback.ts'
import { jump, toggleCaptions, toggleMute } from './player-keys.ts'
import { findSimilarToFrame } from './range-actions.ts'
import css from './transport.module.css'

const text = messages.player
const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4]
const speedOptions = SPEEDS.map((speed) => ({ value: String(speed), label: text.speedOf(speed) }))

function TimeShown({ playback }: { playback: Playback }) {
  const second = usePlayer((state) => state.second)
  const shuttle = usePlayer((state) => state.shuttle)
  const { timing, duration } = playback
  const last = lastFrame(duration, timing)
  return (
    <div className={css.time}>
      <time className={css.now} aria-label={text.time}>{timeCode(second)}</time>
      <span className={css.length}>{text.of(timeCode(duration))}</span>
      <span className={css.frame}>{timing.isConstant ? text.frame(Math.min(last, frameAt(second, timing))) : ''}</span>
      <span className={css.shuttle}>{shuttle < 0 || shuttle > 1 ? text.shuttle(shuttle) : ''}</span>
    </div>
  )
}

function PlayButtons({ playback }: { playback: Playback }) {
  const isPlaying = usePlayer((state) => state.isPlaying)
  const { scenes } = playback.player
  return (
    <div className={css.group}>
      <IconButton label={text.previousScene} shortcut={keysOf('player-previous-scene')} icon={<SkipBack />} onClick={() => { jump(playback, scenes, -1) }} />
      <IconButton label={text.previousFrame} shortcut={keysOf('player-previous-frame')} icon={<ChevronLeft />} onClick={() => { playback.step(-1) }} />
      <span className={css.play}>
        <IconButton label={isPlaying ? text.pause : text.play} shortcut={keysOf('player-play')} icon={isPlaying ? <Pause /> : <Play />} onClick={() => { playback.toggle() }} />
      </span>
      <IconButton label={text.nextFrame} shortcut={keysOf('player-next-frame')} icon={<ChevronRight />} onClick={() => { playback.step(1) }} />
      <IconButton label={text.nextScene} shortcut={keysOf('player-next-scene')} icon={<SkipForward />} onClick={() => { jump(playback, scenes, 1) }} />
    </div>
  )
}

function Sound({ playback }: { playback: Playback }) {
  const { volume, isMuted } = usePlayerChoices()
  const isSilent = isMuted || volume === 0
  if (!hasSound(playback.player.details.facts)) return null
  return (
    <div className={css.sound}>
      <IconButton label={isSilent ? text.unmute : text.mute} shortcut={keysOf('player-mute')} icon={isSilent ? <VolumeX /> : <Volume2 />} onClick={() => { toggleMute(playback) }} />
      <div className={css.volume}>
        <Slider
          label={text.volume} value={isMuted ? 0 : volume} min={0} max={1} step={0.05} valueText={percentText}
          onChange={(next) => { choose({ volume: next, isMuted: false }); playback.applyChoices() }}
        />
      </div>
    </div>
  )
}

interface TransportProps { playback: Playback, hasLines: boolean, isFull: boolean, onFullScreen(): void }

function View({ playback, hasLines, isFull, onFullScreen }: TransportProps) {
  const areCaptionsOn = useSettings(({ settings }) => settings.captions.shown)
  const isPanelOpen = usePlayerChoices((choices) => choices.isPanelOpen)
  return (
    <div className={css.group}>
      <IconButton label={text.similarFrame} shortcut={keysOf('player-similar-frame')} icon={<ScanSearch />} onClick={() => { findSimilarToFrame(playback) }} />
      <IconButton label={text.captions} shortcut={keysOf('player-captions')} icon={<Captions />} isOn={areCaptionsOn} disabled={!hasLines} onClick={toggleCaptions} />
      <IconButton label={isFull ? text.leaveFullScreen : text.fullScreen} shortcut={keysOf('player-full-screen')} icon={isFull ? <Minimize /> : <Maximize />} onClick={onFullScreen} />
      {isFull ? null : (
        <IconButton
          label={isPanelOpen ? text.hidePanel : text.showPanel} shortcut={keysOf('player-panel')} icon={isPanelOpen ? <PanelRightClose /> : <PanelRightOpen />}
          onClick={() => { choose({ isPanelOpen: !isPanelOpen }) }}
        />
      )}
    </div>
  )
}

/** Everything about playing, under the picture. */
export function Transport(view: TransportProps) {
  const { playback } = view
  const speed = usePlayerChoices((choices) => choices.speed)
  return (
    // A click leaves the focus where it was: the space bar goes on playing and pausing.
    <div className={css.transport} role="group" aria-label={text.transport} onMouseDown={(event) => { if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault() }}>
      <TimeShown playback={playback} />
      <PlayButtons playback={playback} />
      <div className={css.right}>
        <Select label={text.speed} value={String(speed)} options={speedOptions} onChange={(value) => { choose({ speed: Number(value) }); playback.applyChoices() }} />
        <Sound playback={playback} />
        <View {...view} />
      </div>
    </div>
  )
}
