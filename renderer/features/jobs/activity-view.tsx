import { useVirtualizer } from '@tanstack/react-virtual'
import { CircleCheckBig } from 'lucide-react'
import { useRef, useState } from 'react'
import type { VideoId } from '../../../electron/contract/ids.ts'
import type { JobsOverview } from '../../../electron/contract/jobs.ts'
import { messages } from '../../messages.ts'
import { listAllJobs, useJobs } from '../../stores/jobs.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ActivityHeader } from './activity-header.tsx'
import css from './activity-view.module.css'
import type { JobLine } from './job-groups.ts'
import { jobLines } from './job-groups.ts'
import { JobRow } from './job-row.tsx'

const text = messages.jobs
const HEADING_PIXELS = 36
const JOB_PIXELS = 60

const keyOf = (line: JobLine | undefined): string => line === undefined ? '' : line.kind === 'heading' ? line.group : String(line.job.videoId)

function Jobs({ overview }: { overview: JobsOverview }) {
  const [expanded, setExpanded] = useState<ReadonlySet<VideoId>>(new Set())
  const scrollRef = useRef<HTMLDivElement>(null)
  const lines = jobLines(overview.videos)
  const virtual = useVirtualizer({
    count: lines.length, getScrollElement: () => scrollRef.current, overscan: 6,
    estimateSize: (index) => lines[index]?.kind === 'heading' ? HEADING_PIXELS : JOB_PIXELS,
    getItemKey: (index) => keyOf(lines[index]),
  })
  const toggle = (id: VideoId): void => {
    setExpanded((before) => {
      const now = new Set(before)
      if (!now.delete(id)) now.add(id)
      return now
    })
  }
  return (
    <div ref={scrollRef} className={css.scroll} role="region" aria-label={text.list} tabIndex={0}>
      <div className={css.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index]
          return line === undefined ? null : (
            <div key={key} ref={virtual.measureElement} data-index={index} className={css.line} style={{ transform: `translateY(${start}px)` }}>
              {line.kind === 'heading'
                ? <h2 className={css.heading}>{text.groups[line.group]}</h2>
                : <JobRow job={line.job} group={line.group} isExpanded={expanded.has(line.job.videoId)} onExpand={() => { toggle(line.job.videoId) }} />}
            </div>
          )
        })}
      </div>
      {overview.leftOut === 0 ? null : <p className={css.leftOut}>{text.leftOut(overview.leftOut)}<Button kind="quiet" onClick={listAllJobs}>{text.showAll}</Button></p>}
    </div>
  )
}

/** What is running, failed, waiting and done. */
export function ActivityView() {
  const overview = useJobs((state) => state.overview)
  if (overview === null) return <div className={css.view}><p className={css.loading} role="status">{text.loading}</p></div>
  if (overview.videos.length === 0) {
    return <div className={css.view}><EmptyState icon={<CircleCheckBig />} title={text.empty.title}>{text.empty.text}</EmptyState></div>
  }
  return <div className={css.view}><ActivityHeader overview={overview} /><Jobs overview={overview} /></div>
}
