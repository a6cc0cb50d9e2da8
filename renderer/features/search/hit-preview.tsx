import { Dialog } from '@base-ui/react/dialog'
import { ChevronLeft, ChevronRight, Clapperboard, Play, Volume2, VolumeX, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import { keysOf } from '../../shortcuts.ts'
import { setActive, setPreviewing, useSearch } from '../../stores/search.ts'
import { timeText } from '../../time-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { addToTray, openHit } from './hit-actions.ts'
import css from './hit-preview.module.css'
import { HitReasons } from './hit-reasons.tsx'
import { PreviewPicture } from './preview-picture.tsx'

const text = messages.search

function close(): void {
  setPreviewing(false)
}

const steps: Partial<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

interface Shown { hits: readonly SearchHit[], at: number }

function Header({ hits, at }: Shown) {
  const hit = hits[at]
  return (
    <header className={css.header}>
      <Dialog.Title className={css.title} title={hit?.title} aria-label={text.previewTitle(hit?.title ?? '')}>{hit?.title}</Dialog.Title>
      <span className={css.place}>{text.ofAll(at + 1, hits.length)}</span>
      <IconButton label={text.previous} icon={<ChevronLeft />} disabled={at === 0} onClick={() => { setActive(at - 1) }} />
      <IconButton label={text.next} icon={<ChevronRight />} disabled={at >= hits.length - 1} onClick={() => { setActive(at + 1) }} />
      <IconButton label={messages.common.close} icon={<X />} onClick={close} />
    </header>
  )
}

function Footer({ hit, isMuted, onMute }: { hit: SearchHit, isMuted: boolean, onMute(): void }) {
  return (
    <footer className={css.footer}>
      <div className={css.why}>
        <time>{text.span(timeText(hit.start), timeText(hit.end))}</time>
        <HitReasons hit={hit} />
      </div>
      <IconButton label={isMuted ? text.unmute : text.mute} icon={isMuted ? <VolumeX /> : <Volume2 />} onClick={onMute} />
      <Button icon={<Clapperboard />} onClick={() => { void addToTray([hit]) }} title={keysOf('search-add')}>{text.addToTray}</Button>
      <Button kind="primary" icon={<Play />} onClick={() => { close(); openHit(hit) }} title={keysOf('search-open')}>{text.play}</Button>
    </footer>
  )
}

function actionFor(event: KeyboardEvent, hit: SearchHit, onMute: () => void): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const isOnButton = event.target instanceof HTMLButtonElement
  switch (event.key.toLowerCase()) {
    case ' ': return isOnButton ? undefined : close
    case 'enter': return isOnButton ? undefined : () => { close(); openHit(hit) }
    case 'e': return () => { void addToTray([hit]) }
    case 'm': return onMute
    default: return undefined
  }
}

/** The hits one after the other, played in place above the results. */
export function HitPreview({ hits }: { hits: readonly SearchHit[] }) {
  const isOpen = useSearch((state) => state.isPreviewing)
  const at = Math.min(useSearch((state) => state.active), hits.length - 1)
  const [isMuted, setMuted] = useState(false)
  const hit = hits[at]

  const onKey = (event: KeyboardEvent): void => {
    const step = steps[event.key] ?? 0
    const moved = (): void => { setActive(Math.max(0, Math.min(hits.length - 1, at + step))) }
    const act = step !== 0 ? moved : hit === undefined ? undefined : actionFor(event, hit, () => { setMuted(!isMuted) })
    if (act === undefined) return
    act()
    event.preventDefault()
  }
  return (
    <Dialog.Root open={isOpen && hit !== undefined} onOpenChange={(open) => { if (!open) close() }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup
          className={css.popup} onKeyDown={onKey} initialFocus={(): HTMLElement | null => document.getElementById('search-preview')}
          finalFocus={() => document.querySelector<HTMLElement>('[role=gridcell][data-active]') ?? true}
        >
          {hit === undefined ? null : (
            <>
              <Header hits={hits} at={at} />
              <div id="search-preview" tabIndex={-1} className={css.picture}><PreviewPicture key={`${hit.videoId}/${hit.start}/${hit.end}`} hit={hit} isMuted={isMuted} /></div>
              <Footer hit={hit} isMuted={isMuted} onMute={() => { setMuted(!isMuted) }} />
              <Dialog.Description className="visually-hidden">{text.previewKeys}</Dialog.Description>
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
