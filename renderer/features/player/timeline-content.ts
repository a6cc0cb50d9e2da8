import { useMemo } from 'react'
import type { PlayerVideo, Span } from '../../../electron/contract/player.ts'
import { useSearch } from '../../stores/search.ts'
import { shownHits } from '../../stores/search-pages.ts'
import { useTray } from '../../stores/tray.ts'
import type { TimelineContent } from './timeline-drawing.ts'
import type { Line } from './transcript.ts'

const inOrder = (spans: Span[]): Span[] => spans.toSorted((a, b) => a.start - b.start)

/** What the timeline shows of a video: also the hits of the last search and the clips of the tray that are of this video. */
export function useTimelineContent(player: PlayerVideo, lines: readonly Line[]): TimelineContent {
  const answer = useSearch((state) => state.answer)
  const tray = useTray((state) => state.clips)
  const { id, duration } = player.details.card
  return useMemo(() => ({
    player, lines, duration: duration ?? 0,
    hits: inOrder(shownHits(answer).filter(({ videoId }) => videoId === id)),
    clips: inOrder((tray ?? []).filter(({ videoId }) => videoId === id)),
  }), [player, lines, answer, tray, id, duration])
}
