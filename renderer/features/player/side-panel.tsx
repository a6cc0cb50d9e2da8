import { Tabs } from '@base-ui/react/tabs'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useState } from 'react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'
import type { PanelTab } from '../../stores/player.ts'
import { choose, usePlayerChoices } from '../../stores/player.ts'
import type { Playback } from './playback.ts'
import { SceneList } from './scene-list.tsx'
import css from './side-panel.module.css'
import { NothingSaid } from './nothing-said.tsx'
import { TranscriptPanel } from './transcript-panel.tsx'
import type { Line } from './transcript.ts'

const text = messages.player
const [LEAST_PX, MOST_PX] = [260, 640]

const setWidth = (width: number): void => { choose({ panelWidth: Math.round(Math.max(LEAST_PX, Math.min(MOST_PX, width))) }) }

function WidthHandle({ width }: { width: number }) {
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth((event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0) - event.clientX)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    setWidth(width + (event.key === 'ArrowLeft' ? 16 : -16))
  }
  return (
    <div
      className={css.handle} role="separator" tabIndex={0} aria-orientation="vertical" aria-label={text.resizePanel} aria-valuenow={width} aria-valuemin={LEAST_PX} aria-valuemax={MOST_PX}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId) }} onPointerMove={drag} onKeyDown={onKeyDown}
    />
  )
}

/** What is said and the scenes, beside the picture. */
export function SidePanel({ playback, player, lines }: { playback: Playback, player: PlayerVideo, lines: readonly Line[] }) {
  const { isPanelOpen, panelWidth, tab } = usePlayerChoices()
  const [chosen, setChosen] = useState<PanelTab | null>(null)
  if (!isPanelOpen) return null
  // Where nothing is said the scenes are more use, until the person says otherwise.
  const shown = chosen ?? (lines.length === 0 ? 'scenes' : tab)
  return (
    <aside className={css.panel} style={{ width: panelWidth }} aria-label={text.panel}>
      <WidthHandle width={panelWidth} />
      <Tabs.Root className={css.tabs} value={shown} onValueChange={(value: PanelTab) => { setChosen(value); choose({ tab: value }) }}>
        <Tabs.List className={css.list}>
          <Tabs.Tab className={css.tab} value="transcript">{text.transcript}</Tabs.Tab>
          <Tabs.Tab className={css.tab} value="scenes">{text.scenes}<span className={css.count}>{player.scenes.length}</span></Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel className={css.body} value="transcript">{lines.length === 0 ? <NothingSaid player={player} /> : <TranscriptPanel playback={playback} lines={lines} />}</Tabs.Panel>
        <Tabs.Panel className={css.body} value="scenes"><SceneList playback={playback} scenes={player.scenes} /></Tabs.Panel>
      </Tabs.Root>
    </aside>
  )
}
