import { Pause, Play, RotateCcw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { JobOfVideo, JobsOverview } from '../../../electron/contract/jobs.ts'
import { messages } from '../../messages.ts'
import { controlJobs, controlJobsOf } from '../../stores/jobs.ts'
import { percentText, roughTimeText } from '../../time-text.ts'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import css from './activity-view.module.css'
import type { QueueMood } from './job-groups.ts'
import { groupOf, moodOf, speedText } from './job-groups.ts'

const text = messages.jobs
const SAID_EVERY_MS = 10_000

/** The same text, but a new one at most every ten seconds: for a screen reader, which reads each of them aloud. */
function useSeldom(said: string): string {
  const [shown, setShown] = useState(said)
  const latest = useRef(said)
  useEffect(() => { latest.current = said }, [said])
  useEffect(() => {
    const timer = setInterval(() => { setShown(latest.current) }, SAID_EVERY_MS)
    return () => { clearInterval(timer) }
  }, [])
  return shown
}

function titleOf(mood: QueueMood, failed: number): string {
  switch (mood) {
    case 'idle': return failed > 0 ? text.someFailed(failed) : text.allDone
    case 'working': case 'elsewhere': return text.working
    case 'paused': return text.paused
    case 'resting': return text.onBattery
    case 'waiting': return text.waiting
  }
}

function Buttons({ mood, jobs }: { mood: QueueMood, jobs: readonly JobOfVideo[] }) {
  // One by one: retrying everything would also begin again what was cancelled.
  const failed = jobs.filter((job) => groupOf(job) === 'failed').map(({ videoId }) => videoId)
  return (
    <div className={css.buttons}>
      {failed.length > 0 ? <Button kind="quiet" icon={<RotateCcw />} onClick={() => { void controlJobsOf('retry', failed) }}>{text.retryAll}</Button> : null}
      {mood === 'paused'
        ? <Button kind="primary" icon={<Play />} onClick={() => { void controlJobs('resume', null) }}>{text.resumeAll}</Button>
        : <Button icon={<Pause />} disabled={mood === 'idle'} onClick={() => { void controlJobs('pause', null) }}>{text.pauseAll}</Button>}
    </div>
  )
}

/** The queue as a whole: how far, how fast, how long, and what it is told to do. */
export function ActivityHeader({ overview }: { overview: JobsOverview }) {
  const mood = moodOf(overview)
  const { counts, progress, speed, etaSeconds } = overview
  const left = counts.running + counts.waiting
  const said = useSeldom(text.summary(percentText(progress), left))
  const facts = mood === 'idle' ? [] : [
    text.percentDone(percentText(progress)),
    speed === null ? '' : text.speed(speedText(speed)),
    etaSeconds === null ? '' : text.eta(roughTimeText(etaSeconds)),
  ].filter((fact) => fact !== '')
  const numbers = (['running', 'waiting', 'failed', 'done'] as const).filter((kind) => counts[kind] > 0).map((kind) => text.counts[kind](counts[kind]))
  return (
    <header className={css.header}>
      <div className={css.titles}>
        <h1>{text.title}</h1>
        <p className={css.mood} data-mood={mood}>{titleOf(mood, counts.failed)}</p>
        <Buttons mood={mood} jobs={overview.videos} />
      </div>
      <Progress label={text.overall} value={progress} tone={mood === 'idle' ? 'good' : 'accent'} />
      <p className={css.facts}><span>{facts.join(' · ')}</span><span>{numbers.join(' · ')}</span></p>
      {mood === 'elsewhere' ? <p className={css.elsewhere}>{text.elsewhere}</p> : null}
      <p className="visually-hidden" role="status">{said}</p>
    </header>
  )
}
