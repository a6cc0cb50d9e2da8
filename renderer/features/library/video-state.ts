import type { Coverage, VideoCard } from '../../../electron/contract/cards.ts'
import type { StageName } from '../../../electron/contract/videos.ts'

export type ShownState = 'ready' | 'waiting' | 'working' | 'paused' | 'failed' | 'missing' | 'refused'

/** The state as a person thinks of it: "processing" is either at work, or waits for its turn, or was told to wait. */
export function shownState({ state, paused, coverage }: Pick<VideoCard, 'state' | 'paused' | 'coverage'>): ShownState {
  switch (state) {
    case 'ready': case 'failed': case 'missing': case 'refused': return state
    case 'queued': case 'processing': break
  }
  if (coverage.some((one) => one.state === 'running')) return 'working'
  return paused ? 'paused' : 'waiting'
}

/** What can be found in a video, and the stages that make it so: speech is read from subtitles, or else heard. */
export const kinds = { scenes: ['scan'], speech: ['speech', 'transcription'], pictures: ['picture-vectors'] } as const satisfies Record<string, StageName[]>
export type Kind = keyof typeof kinds

function isGivenUp({ state }: Coverage): boolean {
  return state === 'skipped' || state === 'cancelled' || state === 'failed' || state === 'quarantined'
}

function shareOf(stage: Coverage): number | null {
  if (stage.state === 'done') return 1
  // A stage that is left out is over, and says so with a progress of 1.
  if (stage.state === 'skipped') return null
  return stage.progress === 0 && isGivenUp(stage) ? null : stage.progress
}

/** 0 to 1 of what can be found of one kind; null when it was left out or given up: there is nothing of it and nothing will come. */
export function coverageOf(coverage: readonly Coverage[], kind: Kind): number | null {
  const wanted: readonly StageName[] = kinds[kind]
  const own = coverage.filter(({ stage }) => wanted.includes(stage))
  if (own.length === 0) return 0
  const shares = own.map(shareOf).filter((share) => share !== null)
  return shares.length === 0 ? null : Math.max(...shares)
}

/** 0 to 1 over all stages, each counted alike: good enough until the queue tells of the measured cost. */
export function roughProgress(coverage: readonly Coverage[]): number {
  if (coverage.length === 0) return 0
  const isOver = ({ state }: Coverage): boolean => state === 'done' || state === 'skipped' || state === 'cancelled'
  return coverage.reduce((sum, stage) => sum + (isOver(stage) ? 1 : stage.progress), 0) / coverage.length
}
