import { messages } from '../../messages.ts'
import { useJobs } from '../../stores/jobs.ts'
import { percentText } from '../../time-text.ts'
import css from './activity-badge.module.css'

const RADIUS = 6
const LENGTH = 2 * Math.PI * RADIUS

/** On the way to the activity view: a ring while work goes on, a dot when something failed. */
export function ActivityBadge() {
  const percent = useJobs(({ overview }) => overview !== null && overview.counts.running + overview.counts.waiting > 0 ? percentText(overview.progress) : null)
  const share = useJobs(({ overview }) => Math.round((overview?.progress ?? 0) * 50) / 50)
  const hasFailed = useJobs(({ overview }) => (overview?.counts.failed ?? 0) > 0)
  if (percent === null && !hasFailed) return null
  const said = percent === null ? messages.jobs.badgeFailed : messages.jobs.badgeWorking(percent)
  return (
    <span className={css.badge} role="img" aria-label={said} title={said}>
      {percent === null ? <span className={css.dot} /> : (
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle className={css.track} cx="8" cy="8" r={RADIUS} />
          <circle className={css.ring} data-failed={hasFailed || undefined} cx="8" cy="8" r={RADIUS} strokeDasharray={LENGTH} strokeDashoffset={LENGTH * (1 - Math.max(0.04, share))} />
        </svg>
      )}
    </span>
  )
}
