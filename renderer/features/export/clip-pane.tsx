import type { TrayClip } from '../../../electron/contract/tray.ts'
import { messages } from '../../messages.ts'
import { useExport } from '../../stores/export.ts'
import { bytesText, timeText } from '../../time-text.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ClipPreview } from './clip-preview.tsx'
import { FramePicture } from './frame-picture.tsx'
import type { Outlook } from './plan-match.ts'
import { pictureSeconds, plannedOf, problemOf } from './plan-match.ts'
import { TrimPanel } from './trim-panel.tsx'
import { frameSecondsOf, useOpenedVideo } from './use-opened-video.ts'
import css from './clip-pane.module.css'

function EndPicture({ clip, second, label }: { clip: TrayClip, second: number, label: string }) {
  return (
    <figure>
      <FramePicture video={clip.videoId} second={second} alt={label} />
      <figcaption><span>{label}</span><time>{timeText(second, 2)}</time></figcaption>
    </figure>
  )
}

function Written({ clip, outlook }: { clip: TrayClip, outlook: Outlook | undefined }) {
  const isPlanning = useExport((state) => state.isPlanning)
  const planned = plannedOf(outlook)
  const problem = problemOf(outlook)
  const { first, last } = pictureSeconds(clip, outlook)
  const { start, end } = planned ?? clip
  return (
    <section className={css.written} aria-labelledby="what-is-written">
      <h2 id="what-is-written">{messages.tray.willBe}</h2>
      {problem === null ? null : <ErrorNote error={problem} />}
      <div className={css.ends}>
        <EndPicture clip={clip} second={first} label={messages.tray.firstFrame} /><EndPicture clip={clip} second={last} label={messages.tray.lastFrame} />
      </div>
      <dl className={`${css.facts ?? ''} ${isPlanning ? css.old ?? '' : ''}`}>
        <dt>{messages.tray.fileName}</dt><dd>{planned?.fileName ?? messages.tray.planning}</dd>
        <dt>{messages.tray.length}</dt>
        <dd>{timeText(end - start, 3)}{planned === null ? null : <> · {messages.tray.frames(planned.frames)} · {messages.tray.about(bytesText(planned.estimatedBytes))}</>}</dd>
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
      <ClipPreview clip={clip} frameSeconds={frameSecondsOf(player)} place={place} of={of} />
      <TrimPanel key={`${clip.id}/${player === null ? 'opening' : 'opened'}`} clip={clip} player={player} />
      <Written clip={clip} outlook={outlook} />
    </div>
  )
}
