import css from './progress.module.css'

interface ProgressProps {
  /** What is under way, for screen readers. */
  label: string
  /** 0 to 1; null while nobody knows. */
  value: number | null
  tone?: 'accent' | 'good' | 'bad'
}

/** How far something is. */
export function Progress({ label, value, tone = 'accent' }: ProgressProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={css.track}>
      <div className={`${css.bar ?? ''} ${css[tone] ?? ''} ${value === null ? css.unknown ?? '' : ''}`} style={{ width: value === null ? '30%' : `${percent ?? 0}%` }} />
    </div>
  )
}
