import { ArrowLeft } from 'lucide-react'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'
import { goBack } from '../../stores/navigation.ts'
import { setRange } from '../../stores/player.ts'
import { frameRateText } from '../../time-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { codecName } from './can-play.ts'
import { Playback } from './playback.ts'
import { usePlayerKeys } from './player-keys.ts'
import css from './player-view.module.css'
import { SidePanel } from './side-panel.tsx'
import { snapTargets } from './snap.ts'
import { Stage } from './stage.tsx'
import { Timeline } from './timeline.tsx'
import { linesOf } from './transcript.ts'
import { Transport } from './transport.tsx'
import { useFullScreen } from './use-full-screen.ts'
import { usePlayerVideo } from './use-player-video.ts'

const text = messages.player

function factsText({ details: { card, facts } }: PlayerVideo): string {
  const size = card.width === null || card.height === null ? null : `${card.width} × ${card.height}`
  const rate = facts?.frameRate == null ? null : messages.library.facts.fps(frameRateText(facts.frameRate), facts.isVariableRate)
  return [size, facts === null ? null : codecName(facts.codec), rate].filter((part) => part !== null).join(' · ')
}

function Head({ player }: { player: PlayerVideo | null }) {
  const card = player?.details.card
  return (
    <header className={css.head}>
      <IconButton label={messages.navigation.back} shortcut="Escape" icon={<ArrowLeft />} onClick={goBack} />
      <h1 className={css.title} title={card?.path}>{card?.title ?? text.loading}</h1>
      <span className={css.facts}>{player === null ? '' : factsText(player)}</span>
    </header>
  )
}

interface OpenedProps { player: PlayerVideo, at: number, until: number | null }

/** A player of one video; going elsewhere in it is no new beginning. */
function Opened({ player, at, until }: OpenedProps) {
  const [playback] = useState(() => new Playback(player))
  useEffect(() => { playback.update(player) }, [playback, player])
  const main = useRef<HTMLDivElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const [isFull, toggleFull] = useFullScreen(main)
  const lines = useMemo(() => linesOf(player.scenes), [player.scenes])
  const targets = useMemo(() => snapTargets({ ...player, lines }), [player, lines])
  const isFirst = useRef(true)
  const goTo = useEffectEvent(() => {
    setRange(until === null || until <= at || at >= playback.duration ? { in: null, out: null } : { in: at, out: Math.min(until, playback.duration) })
    if (!isFirst.current) {
      playback.seek(at)
      if (until !== null) playback.play()
    }
    isFirst.current = false
  })
  useEffect(() => { goTo() }, [at, until])
  usePlayerKeys({ playback, targets, onFullScreen: toggleFull })
  return (
    <div className={css.view}>
      <Head player={player} />
      <div ref={main} className={css.main}>
        <Stage playback={playback} lines={lines} at={at} until={until} stage={stage} onFullScreen={toggleFull} />
        <Transport playback={playback} hasLines={lines.length > 0} isFull={isFull} onFullScreen={toggleFull} />
      </div>
      <SidePanel playback={playback} player={player} lines={lines} />
      <div className={css.bottom}><Timeline playback={playback} player={player} lines={lines} targets={targets} /></div>
    </div>
  )
}

function NotOpened({ error, onRetry }: { error: ErrorShape | null, onRetry(): void }) {
  return (
    <div className={css.view}>
      <Head player={null} />
      <div className={css.main}>
        <div className={css.black}>
          {error === null ? null : <div className={css.error}><ErrorNote error={error} actions={<Button onClick={onRetry}>{messages.common.retry}</Button>} /></div>}
        </div>
        <div className={css.noTransport} />
      </div>
      <div className={css.bottom}><div className={css.noTimeline} /></div>
    </div>
  )
}

/** Plays a video, and cuts spans out of it. */
export function PlayerView({ video, at, until }: { video: VideoId, at: number, until: number | null }) {
  const { player, error, retry } = usePlayerVideo(video)
  if (player === null) return <NotOpened error={error} onRetry={retry} />
  // Before its length is known there is nothing to play along.
  return <Opened key={String(player.details.card.duration === null)} player={player} at={at} until={until} />
}
