import type { Announcements, DragEndEvent, Modifier, UniqueIdentifier } from '@dnd-kit/core'
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { arrayMove, SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import type { TrayClip, TrayClipId } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { orderTray } from '../../stores/tray.ts'
import { ClipRow } from './clip-row.tsx'
import type { Outlook } from './plan-match.ts'
import { duplicatesOf } from './plan-match.ts'
import { useSelectedClips } from './selected-clips.ts'
import css from './clip-list.module.css'

const upAndDown: Modifier = ({ transform }) => ({ ...transform, x: 0 })

function announcementsFor(clips: readonly TrayClip[]): Announcements {
  const title = (id: UniqueIdentifier): string => clips.find((clip) => clip.id === id)?.title ?? ''
  const place = (id: UniqueIdentifier): number => clips.findIndex((clip) => clip.id === id) + 1
  return {
    onDragStart: ({ active }) => messages.tray.dragStarted(title(active.id), place(active.id), clips.length),
    onDragOver: ({ active, over }) => over === null ? undefined : messages.tray.dragOver(title(active.id), place(over.id), clips.length),
    onDragEnd: ({ active, over }) => over === null ? messages.tray.dragCancelled(title(active.id)) : messages.tray.dragEnded(title(active.id), place(over.id), clips.length),
    onDragCancel: ({ active }) => messages.tray.dragCancelled(title(active.id)),
  }
}

function reorder(ids: readonly TrayClipId[], { active, over }: DragEndEvent): void {
  if (over === null || active.id === over.id) return
  const [from, to] = [ids.findIndex((id) => id === active.id), ids.findIndex((id) => id === over.id)]
  if (from !== -1 && to !== -1) void orderTray(arrayMove([...ids], from, to))
}

interface ClipListProps {
  clips: readonly TrayClip[]
  outlooks: ReadonlyMap<TrayClipId, Outlook>
  edited: TrayClipId | null
  onEdit(clip: TrayClipId | null): void
}

/** The clips in the order in which they will be written; they can be dragged, also with the keyboard. */
export function ClipList({ clips, outlooks, edited, onEdit }: ClipListProps) {
  const { current, chosen } = useSelectedClips()
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }))
  const ids = clips.map(({ id }) => id)
  const duplicates = duplicatesOf(clips)
  return (
    <DndContext
      sensors={sensors} collisionDetection={closestCenter} modifiers={[upAndDown]} onDragEnd={(event) => { reorder(ids, event) }}
      accessibility={{ announcements: announcementsFor(clips), screenReaderInstructions: { draggable: messages.tray.dragHelp } }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ol className={css.list} aria-label={messages.tray.list}>
          {clips.map((clip) => (
            <ClipRow
              key={clip.id} clip={clip} outlook={outlooks.get(clip.id)} isCurrent={clip.id === current} isChosen={chosen.has(clip.id)} isDuplicate={duplicates.has(clip.id)}
              isEdited={edited === clip.id} onEdit={(isEdited) => { onEdit(isEdited ? clip.id : null) }}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}
