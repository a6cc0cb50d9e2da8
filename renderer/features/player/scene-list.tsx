import { useVirtualizer } from '@tanstack/react-virtual'
import { Clapperboard, EllipsisVertical, Images, Scissors } from 'lucide-react'
import { memo, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Scene } from '../../../electron/contract/videos.ts'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import { usePlayer } from '../../stores/player.ts'
import { timeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FrameImage } from '../../ui/frame-image.tsx'
import { Menu } from '../../ui/menu.tsx'
import { searchColour, searchTag } from '../search/hit-actions.ts'
import { swatchOf } from '../search/swatches.ts'
import type { Playback } from './playback.ts'
import { addPart, findSimilar, selectSpan } from './range-actions.ts'
import css from './scene-list.module.css'
import { lastBegun } from './transcript.ts'

const { player: text, search } = messages
const ROW_PX = 72

interface SceneRowProps { playback: Playback, scene: Scene, number: number, isActive: boolean }

function Actions({ playback, scene, number }: Omit<SceneRowProps, 'isActive'>) {
  const { start, end } = scene
  return (
    <Menu
      trigger={<IconButton label={text.sceneActions(number)} icon={<EllipsisVertical />} />}
      groups={[[
        { id: 'similar', label: text.similar, icon: <Images />, shortcut: keysOf('player-similar'), onChoose: () => { findSimilar(playback.player, scene) } },
        { id: 'select', label: text.select, icon: <Scissors />, onChoose: () => { selectSpan(scene) } },
        { id: 'add', label: text.add, icon: <Clapperboard />, onChoose: () => { void addPart({ videoId: playback.player.details.card.id, start, end }) } },
      ]]}
    />
  )
}

/** What is to be seen in the scene: each leads to all that has it. */
function Findable({ scene: { tags, colours } }: { scene: Scene }) {
  return (
    <ul className={css.findable} aria-label={text.tagsOf}>
      {tags.map(({ name }) => <li key={name}><button type="button" title={search.searchTag(name)} onClick={() => { searchTag(name) }}>{name}</button></li>)}
      {colours.map(({ name }) => (
        <li key={name}>
          <button type="button" className={css.colour} style={{ background: swatchOf(name) ?? 'none' }} aria-label={search.searchColour(name)} title={search.searchColour(name)} onClick={() => { searchColour(name) }} />
        </li>
      ))}
    </ul>
  )
}

const SceneRow = memo(function SceneRow({ playback, scene, number, isActive }: SceneRowProps) {
  const said = scene.said.map((part) => part.text).join(' ')
  const hasFindable = scene.tags.length + scene.colours.length > 0
  return (
    <div className={`${css.row ?? ''} ${isActive ? css.active ?? '' : ''}`}>
      <button type="button" className={css.main} aria-current={isActive ? 'true' : undefined} onClick={() => { playback.seek(scene.start) }}>
        <span className={css.picture}><FrameImage scene={scene.keyframe === null ? null : scene.id} /></span>
        <span className={css.facts}>
          <span className="visually-hidden">{text.sceneAt(number, timeText(scene.start))}</span>
          <span className={css.times}><time>{timeText(scene.start)}</time><span className={css.length}>{timeText(scene.end - scene.start)}</span></span>
          <span className={hasFindable ? css.oneLine : css.said} title={said}>{said}</span>
        </span>
      </button>
      {hasFindable ? <Findable scene={scene} /> : null}
      <Actions playback={playback} scene={scene} number={number} />
    </div>
  )
})

/** The scenes of the video; the one that is shown is marked. */
export function SceneList({ playback, scenes }: { playback: Playback, scenes: readonly Scene[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const active = usePlayer(({ second }) => lastBegun(scenes, second + 1e-3))
  const virtual = useVirtualizer({ count: scenes.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 6 })
  const show = useEffectEvent(() => { if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' }) })
  useEffect(() => { if (isFollowing) show() }, [active, isFollowing])
  if (scenes.length === 0) return <div className={css.empty}><EmptyState icon={<Images />} title={text.noScenes}>{text.noScenesText}</EmptyState></div>
  return (
    <div ref={scroller} className={css.scroller} tabIndex={0} role="region" aria-label={text.scenes} onWheel={() => { setFollowing(false) }} onClick={() => { setFollowing(true) }}>
      <ol className={css.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const scene = scenes[index]
          return scene === undefined ? null : (
            <li key={key} className={css.place} style={{ transform: `translateY(${start}px)` }}>
              <SceneRow playback={playback} scene={scene} number={index + 1} isActive={index === active} />
            </li>
          )
        })}
      </ol>
    </div>
  )
}
