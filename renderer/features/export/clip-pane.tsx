import type { PlannedClip, Shift } from '../../../electron/contract/exports.ts'
import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { bytesText, timeText } from '../../time-text.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { shiftText } from './choices/shift-text.ts'
import { useChoices } from './choices/use-choices.ts'
import { ClipPreview } from './clip-preview.tsx'
import { FramePicture } from './frame-picture.tsx'
import { FramingChoice } from './framing/framing-choice.tsx'
import type { Outlook } from './plan-match.ts'
import { pictureSeconds, plannedOf, problemOf } from './plan-match.ts'
import { TrimPanel } from './trim-panel.tsx'
import { frameSecondsOf, sizeOf, useOpenedVideo } from './use-opened-video.ts'
import css from './clip-pane.module.css'

interface EndPictureProps {
  clip: TrayClip
  label: string
  /** Inside the picture, for looking at it. */
  second: number
  /** When the picture begins; null while that is not known. */
  at: number | null
}

function EndPicture({ clip, label, second, at }: EndPictureProps) {
  return (
    <figure>
      <FramePicture video={clip.videoId} second={second} alt={label} />
      <figcaption><span>{label}</span><time>{at === null ? null : timeText(at, 3)}</time></figcaption>
    </figure>
  )
}

interface WrittenProps { clip: TrayClip, outlook: Outlook | undefined, place: number, of: number }

function Ends({ clip, outlook }: Pick<WrittenProps, 'clip' | 'outlook'>) {
  const { first, last } = pictureSeconds(clip, outlook)
  const planned = plannedOf(outlook)
  return (
    <div className={css.ends}>
      <EndPicture clip={clip} second={first} at={planned?.firstFrameAt ?? null} label={messages.tray.firstFrame} />
      <EndPicture clip={clip} second={last} at={planned?.lastFrameAt ?? null} label={messages.tray.lastFrame} />
    </div>
  )
}

// A copy that begins and ends where it was asked to says so by its reason.
function isShiftWorthSaying(planned: PlannedClip): planned is PlannedClip & { copyShift: Shift } {
  const { mode, copyShift } = planned
  return copyShift !== null && (mode !== 'copy' || copyShift.framesBefore + copyShift.framesAfter > 0)
}

/** How the clip will be cut and why, and what copying would change. */
function Cut({ planned }: { planned: PlannedClip | null }) {
  const { format } = useChoices()
  if (format !== 'video') return null
  return (
    <>
      <dt>{messages.tray.mode}</dt><dd>{planned === null ? null : messages.tray.madeBy(messages.tray.modes[planned.mode], planned.why)}</dd>
      {planned === null || !isShiftWorthSaying(planned) ? null : <><dt>{messages.export.shift.label}</dt><dd>{shiftText(planned.copyShift)}</dd></>}
    </>
  )
}

function Written({ clip, outlook, place, of }: WrittenProps) {
  const reel = useExport((state) => state.reel)
  const isPlanning = useExport((state) => state.isPlanning)
  const planned = plannedOf(outlook)
  const problem = problemOf(outlook)
  const { start, end } = planned ?? clip
  return (
    <section className={css.written} aria-labelledby="what-is-written">
      <h2 id="what-is-written">{messages.tray.willBe}</h2>
      {problem === null ? null : <ErrorNote error={problem} />}
      <Ends clip={clip} outlook={outlook} />
      <dl className={`${css.facts ?? ''} ${isPlanning ? css.old ?? '' : ''}`} aria-busy={isPlanning}>
        <dt>{messages.tray.fileName}</dt><dd>{reel === null ? planned?.fileName ?? messages.tray.planning : messages.tray.inReel(reel.name, place, of)}</dd>
        <dt>{messages.tray.length}</dt>
        <dd>{timeText(end - start, 3)}{planned === null ? null : <> · {messages.tray.frames(planned.frames)} · {messages.tray.about(bytesText(planned.estimatedBytes))}</>}</dd>
        <Cut planned={planned} />
        <dt>{messages.tray.source}</dt><dd>{clip.videoTitle}</dd>
      </dl>
    </section>
  )
}

/** The clip that is looked at: played, trimmed, and what it will be as a file. */
export function ClipPane({ clip, outlook, place, of }: { clip: TrayClip, outlook: Outlook | undefined, place: number, of: number }) {
  const player = useOpenedVideo(clip.videoId)
  return (
    <div className={css.pane}>
      <ClipPreview clip={clip} size={sizeOf(player)} frameSeconds={frameSecondsOf(player)} place={place} of={of} />
      <FramingChoice clip={clip} />
      <TrimPanel key={`${clip.id}/${player === null ? 'opening' : 'opened'}`} clip={clip} player={player} />
      <Written clip={clip} outlook={outlook} place={place} of={of} />
    </div>
  )
}
