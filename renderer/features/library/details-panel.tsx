import { ArrowUpToLine, Copy, FolderOpen, Play, RotateCcw, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FileFacts, VideoCard, VideoDetails } from '../../../electron/contract/cards.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { keysOf } from '../../shortcuts.ts'
import { useHost } from '../../stores/host.ts'
import { useJobs } from '../../stores/jobs.ts'
import { useLibrary } from '../../stores/library.ts'
import { bytesText, frameRateText, roughTimeText, timeText } from '../../time-text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { toast } from '../../ui/toasts.tsx'
import { StageList } from '../jobs/stage-list.tsx'
import css from './details-panel.module.css'
import { keepOptions } from './library-options.ts'
import { ScrubPoster } from './scrub-poster.tsx'
import { useDetails } from './use-details.ts'
import { showInFolder, videoActions } from './video-actions.tsx'
import { shownState } from './video-state.ts'

const text = messages.library.facts
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 })
const count = new Intl.NumberFormat()

type Fact = readonly [label: string, value: ReactNode]

function Facts({ title, facts }: { title?: string, facts: readonly Fact[] }) {
  return (
    <section className={css.section}>
      {title === undefined ? null : <h3>{title}</h3>}
      <dl className={css.facts}>{facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
    </section>
  )
}

function fileFacts(facts: FileFacts): Fact[] {
  const { frameRate, bitRate, sounds, subtitles, chapters, rotationDegrees } = facts
  const sound = sounds.map((one) => `${text.soundOf(one.codec, one.channels, number.format(one.sampleRateHz / 1000))}${one.language === null ? '' : `, ${one.language}`}`)
  const tracks = subtitles.map(({ codec, language, title }) => [title, language, codec].filter((part) => part !== null).join(', '))
  return [
    [text.container, facts.container],
    [text.codec, [facts.codec, facts.profile, facts.pixelFormat].filter((part) => part !== null).join(', ')],
    ...frameRate === null ? [] : [[text.frameRate, text.fps(frameRateText(frameRate), facts.isVariableRate)] as const],
    ...bitRate === null ? [] : [[text.bitRate, text.megabits((bitRate / 1e6).toFixed(1))] as const],
    [text.sound, sound.length === 0 ? text.none : sound.join('; ')],
    ...tracks.length === 0 ? [] : [[text.subtitles, tracks.join('; ')] as const],
    ...chapters.length === 0 ? [] : [[text.chapters, count.format(chapters.length)] as const],
    ...rotationDegrees === 0 ? [] : [[text.picture, text.rotated(rotationDegrees)] as const],
  ]
}

function usualFacts(card: VideoCard): Fact[] {
  return [
    [text.state, messages.library.shownStates[shownState(card)]],
    [text.length, card.duration === null ? messages.library.notKnown : timeText(card.duration)],
    [text.picture, card.width === null || card.height === null ? messages.library.notKnown : `${card.width} × ${card.height}`],
    [text.size, bytesText(card.sizeBytes)],
    ...card.recordedAt === null ? [] : [[text.recorded, moment.format(new Date(card.recordedAt))] as const],
    [text.added, moment.format(card.addedMs)],
  ]
}

function foundFacts(details: VideoDetails): Fact[] {
  return [
    [text.scenes, count.format(details.scenes)], [text.shots, count.format(details.shots)], [text.words, count.format(details.words)],
    [text.languages, details.languages.length === 0 ? text.none : details.languages.join(', ')],
    ...details.artifactBytes === 0 ? [] : [[text.artifacts, bytesText(details.artifactBytes)] as const],
  ]
}

async function copyPath(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(path)
    toast({ text: text.copied, tone: 'good' })
  } catch (error) {
    reportError(error)
  }
}

function PathOf({ path }: { path: string }) {
  const canShow = useHost((state) => state.info?.can.showInFolder === true)
  return (
    <section className={css.section}>
      <h3>{text.path}</h3>
      <div className={css.path}>
        <code>{path}</code>
        <IconButton label={text.copyPath} icon={<Copy />} onClick={() => { void copyPath(path) }} />
        {canShow ? <IconButton label={text.showInFolder} icon={<FolderOpen />} onClick={() => { showInFolder(path) }} /> : null}
      </div>
    </section>
  )
}

const actionIcons: Readonly<Record<string, ReactNode>> = { open: <Play />, retry: <RotateCcw />, first: <ArrowUpToLine />, remove: <Trash2 /> }

function Actions({ ids }: { ids: readonly VideoId[] }) {
  const shown = videoActions(ids).flat().filter(({ id }) => id in actionIcons)
  return <div className={css.actions}>{shown.map(({ id, label, onChoose }) => <Button key={id} kind={id === 'open' ? 'primary' : 'usual'} icon={actionIcons[id]} onClick={onChoose}>{label}</Button>)}</div>
}

function Stages({ card, details }: { card: VideoCard, details: VideoDetails | null }) {
  const job = useJobs((state) => state.byVideo.get(card.id))
  // The queue tells of progress at once; when a stage began and ended comes with the details.
  const stages = details?.stages.map((stage) => ({ ...stage, ...job?.stages.find(({ name }) => name === stage.name) })) ?? job?.stages ?? []
  return <section className={css.section}><h3>{text.stages}</h3><StageList stages={stages} /></section>
}

function OneVideo({ card }: { card: VideoCard }) {
  const { details, error } = useDetails(card)
  const known = details?.card.id === card.id ? details : null
  return (
    <>
      <ScrubPoster card={card} />
      <h2 className={css.title} title={card.title}>{card.title}</h2>
      <Actions ids={[card.id]} />
      {card.error === null ? null : <ErrorNote error={card.error} />}
      {error === null ? null : <ErrorNote error={error} />}
      <PathOf path={card.path} />
      <Facts facts={usualFacts(card)} />
      {known === null || known.facts === null ? null : <Facts facts={fileFacts(known.facts)} />}
      {known === null ? null : <Facts title={text.found} facts={foundFacts(known)} />}
      <Stages card={card} details={known} />
    </>
  )
}

function ManyVideos({ ids }: { ids: readonly VideoId[] }) {
  const byId = useLibrary((state) => state.byId)
  const cards = ids.flatMap((id) => byId.get(id) ?? [])
  const seconds = cards.reduce((sum, card) => sum + (card.duration ?? 0), 0)
  const bytes = cards.reduce((sum, card) => sum + card.sizeBytes, 0)
  return <><p>{text.many(cards.length, roughTimeText(seconds), bytesText(bytes))}</p><Actions ids={ids} /></>
}

/** Everything that is known of the selected video, at the right of the list. */
export function DetailsPanel({ ids }: { ids: readonly VideoId[] }) {
  const card = useLibrary((state) => ids[0] === undefined ? undefined : state.byId.get(ids[0]))
  return (
    <aside className={css.panel} aria-label={text.label}>
      <header className={css.header}>
        <span className={css.heading}>{text.label}</span>
        <IconButton label={messages.common.close} icon={<X />} shortcut={keysOf('library-details')} onClick={() => { keepOptions({ areDetailsShown: false }) }} />
      </header>
      <div className={css.body}>
        {card === undefined ? <p className={css.nothing}>{text.nothing}</p> : ids.length === 1 ? <OneVideo card={card} /> : <ManyVideos ids={ids} />}
      </div>
    </aside>
  )
}
