import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical, X } from 'lucide-react'
import type { MouseEvent } from 'react'
import { useEffect, useRef } from 'react'
import type { PlannedClip } from '../../../electron/contract/exports.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { removeFromTray } from '../../stores/tray.ts'
import { timeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { framingText } from './choices/framing-text.ts'
import { shiftText } from './choices/shift-text.ts'
import { useChoices } from './choices/use-choices.ts'
import { ClipTitle } from './clip-title.tsx'
import { FramePicture } from './frame-picture.tsx'
import type { Outlook } from './plan-match.ts'
import { pictureSeconds, plannedOf, problemOf } from './plan-match.ts'
import { lookAtClip } from './selected-clips.ts'
import css from './clip-row.module.css'

export interface ClipRowProps {
  clip: TrayClip
  outlook: Outlook | undefined
  isCurrent: boolean
  isChosen: boolean
  isDuplicate: boolean
  isEdited: boolean
  onEdit(isEdited: boolean): void
}

const isOnControl = (target: EventTarget): boolean => target instanceof Element && target.closest('button, input') !== null

/** A copied clip may have more pictures than asked: how many, and where. */
function Longer({ planned }: { planned: PlannedClip | null }) {
  if (planned?.mode !== 'copy' || planned.copyShift === null) return null
  const { framesBefore, framesAfter } = planned.copyShift
  return framesBefore + framesAfter === 0 ? null : <Chip tone="warn" title={shiftText(planned.copyShift)}>{messages.export.shift.longer(framesBefore + framesAfter)}</Chip>
}

function Texts({ clip, outlook, isDuplicate, isEdited, onEdit }: ClipRowProps) {
  const problem = problemOf(outlook)
  // A reel has one file, and not this one.
  const isReel = useExport(({ reel }) => reel !== null)
  const fileName = isReel ? '' : plannedOf(outlook)?.fileName ?? ''
  return (
    <div className={css.texts}>
      <div className={css.titleLine}>
        <ClipTitle clip={clip} isEdited={isEdited} onEdit={onEdit} />
        {isDuplicate ? <Chip tone="warn" title={messages.tray.duplicateHint}>{messages.tray.duplicate}</Chip> : null}
        <Longer planned={plannedOf(outlook)} />
        {clip.framing === null ? null : <Chip title={messages.framing.title}>{framingText(clip.framing)}</Chip>}
        {problem === null ? null : <Chip tone="bad" title={`${problem.message} ${problem.hint}`}>{messages.tray.problem}</Chip>}
      </div>
      <div className={css.from} title={clip.videoTitle}>{messages.tray.from(timeText(clip.start, 2), timeText(clip.end, 2))} · {clip.videoTitle}</div>
      {problem === null ? <div className={css.file} title={fileName}>{fileName}</div> : <div className={`${css.file ?? ''} ${css.problem ?? ''}`}>{problem.message}</div>}
    </div>
  )
}

function Pictures({ clip, outlook }: Pick<ClipRowProps, 'clip' | 'outlook'>) {
  const { first, last } = pictureSeconds(clip, outlook)
  return (
    <button type="button" className={css.pictures} aria-label={messages.tray.look(clip.title)} onClick={(event) => { lookAtClip(clip.id, { ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey }) }}>
      <FramePicture video={clip.videoId} second={first} alt="" /><FramePicture video={clip.videoId} second={last} alt="" />
    </button>
  )
}

function Length({ clip, planned }: { clip: TrayClip, planned: PlannedClip | null }) {
  // Of anything but a video all is encoded: nothing to say.
  const isVideo = useChoices().format === 'video'
  return (
    <div className={css.length}>
      {timeText(clip.end - clip.start, 2)}
      <span>{planned === null ? null : messages.tray.frames(planned.frames)}</span>
      <span title={planned?.why}>{planned === null || !isVideo ? null : messages.tray.modes[planned.mode]}</span>
    </div>
  )
}

/** One clip of the tray: its first and last picture, its name, where it is from and what it becomes. */
export function ClipRow(props: ClipRowProps) {
  const { clip, outlook, isCurrent, isChosen } = props
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: clip.id })
  const row = useRef<HTMLLIElement | null>(null)
  useEffect(() => { if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' }) }, [isCurrent])
  const onClick = (event: MouseEvent): void => {
    if (!isOnControl(event.target)) lookAtClip(clip.id, { ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey })
  }
  return (
    <li
      ref={(element) => { row.current = element; setNodeRef(element) }} onClick={onClick} aria-current={isCurrent ? 'true' : undefined}
      className={`${css.row ?? ''} ${isCurrent ? css.current ?? '' : ''} ${isDragging ? css.dragged ?? '' : ''}`} style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button type="button" ref={setActivatorNodeRef} className={css.handle} {...attributes} {...listeners} aria-label={messages.tray.move(clip.title)}><GripVertical aria-hidden="true" /></button>
      <input type="checkbox" className={css.check} checked={isChosen} aria-label={messages.tray.choose(clip.title)} onChange={() => { lookAtClip(clip.id, { ctrl: true, shift: false }) }} />
      <Pictures clip={clip} outlook={outlook} />
      <Texts {...props} />
      <Length clip={clip} planned={plannedOf(outlook)} />
      <IconButton label={messages.tray.remove(clip.title)} icon={<X />} onClick={() => { void removeFromTray([clip.id]) }} />
    </li>
  )
}
