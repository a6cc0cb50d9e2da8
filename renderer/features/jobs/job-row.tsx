import { ArrowUpToLine, ChevronRight, Ellipsis, Pause, Play, RotateCcw, SquareArrowOutUpRight, X } from 'lucide-react'
import type { JobOfVideo } from '../../../electron/contract/jobs.ts'
import { messages } from '../../messages.ts'
import { controlJobs } from '../../stores/jobs.ts'
import { useLibrary } from '../../stores/library.ts'
import { go } from '../../stores/navigation.ts'
import { percentText, roughTimeText } from '../../time-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { FrameImage } from '../../ui/frame-image.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Progress } from '../../ui/progress.tsx'
import { withoutName } from '../library/reason-text.ts'
import css from './activity-view.module.css'
import type { JobGroup } from './job-groups.ts'
import { failureOf, speedText } from './job-groups.ts'
import { StageList } from './stage-list.tsx'

const text = messages.jobs

function actionsOf(job: JobOfVideo, group: JobGroup): MenuEntry[][] {
  const act = (action: 'first' | 'pause' | 'resume' | 'cancel' | 'retry') => () => { void controlJobs(action, job.videoId) }
  const isOpen = group === 'running' || group === 'waiting'
  const hold: MenuEntry = job.paused
    ? { id: 'resume', label: text.resume, icon: <Play />, onChoose: act('resume') }
    : { id: 'pause', label: text.pause, icon: <Pause />, onChoose: act('pause') }
  return [
    isOpen ? [{ id: 'first', label: text.first, icon: <ArrowUpToLine />, onChoose: act('first') }, hold] : [{ id: 'retry', label: text.retry, icon: <RotateCcw />, onChoose: act('retry') }],
    [{ id: 'open', label: text.open, icon: <SquareArrowOutUpRight />, onChoose: () => { go({ view: 'player', video: job.videoId, at: 0, until: null }) } }],
    isOpen ? [{ id: 'cancel', label: text.cancel, icon: <X />, isDangerous: true, onChoose: act('cancel') }] : [],
  ]
}

function stageNow({ current, paused }: JobOfVideo, group: JobGroup): string {
  if (current !== null) return text.stages[current]
  return paused ? text.stageStates.paused : group === 'done' ? text.stageStates.done : text.stageStates.pending
}

function Failure({ job }: { job: JobOfVideo }) {
  const path = useLibrary((state) => state.byId.get(job.videoId)?.path ?? '')
  const { message, hint } = failureOf(job)
  return <p className={css.failure} title={`${message} ${hint}`}><span className={css.message}>{withoutName(message, path)}</span> <span className={css.hint}>{hint}</span></p>
}

function Numbers({ job, group }: { job: JobOfVideo, group: JobGroup }) {
  if (group === 'failed') return <Failure job={job} />
  if (group === 'done') return <p className={css.numbers}>{text.stageStates.done}</p>
  return (
    <div className={css.work}>
      <p className={css.numbers}>
        <span className={css.now}>{stageNow(job, group)}</span>
        <span>{percentText(job.progress)}</span>
        <span>{job.speed === null ? '' : text.speedShort(speedText(job.speed))}</span>
        <span>{job.etaSeconds === null ? '' : text.etaShort(roughTimeText(job.etaSeconds))}</span>
      </p>
      <Progress label={text.progressOf(job.title)} value={job.progress} />
    </div>
  )
}

function QuickAction({ job, group }: { job: JobOfVideo, group: JobGroup }) {
  if (group === 'failed') return <IconButton label={text.retry} icon={<RotateCcw />} onClick={() => { void controlJobs('retry', job.videoId) }} />
  if (group === 'waiting') return <IconButton label={text.first} icon={<ArrowUpToLine />} onClick={() => { void controlJobs('first', job.videoId) }} />
  return group === 'running' ? <IconButton label={text.cancel} icon={<X />} onClick={() => { void controlJobs('cancel', job.videoId) }} /> : <span className={css.noAction} />
}

interface JobRowProps { job: JobOfVideo, group: JobGroup, isExpanded: boolean, onExpand(): void }

/** One video of the queue. */
export function JobRow({ job, group, isExpanded, onExpand }: JobRowProps) {
  const poster = useLibrary((state) => state.byId.get(job.videoId)?.poster ?? null)
  return (
    <div className={css.job} data-group={group}>
      <button type="button" className={css.expand} aria-expanded={isExpanded} aria-label={text.more(job.title)} onClick={onExpand}><ChevronRight aria-hidden="true" /></button>
      <span className={css.poster}><FrameImage scene={poster} /></span>
      <p className={css.title} title={job.title}>{job.title}</p>
      <Numbers job={job} group={group} />
      <span className={css.actions}>
        <QuickAction job={job} group={group} />
        <Menu trigger={<IconButton label={text.actions(job.title)} icon={<Ellipsis />} />} groups={actionsOf(job, group)} />
      </span>
      {isExpanded ? <div className={css.stages}><StageList stages={job.stages} /></div> : null}
    </div>
  )
}
