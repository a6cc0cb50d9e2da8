import type { VideoId } from '../../../electron/contract/ids.ts'
import type { SearchAnswer, SearchHit } from '../../../electron/contract/search.ts'
import { messages } from '../../messages.ts'
import type { Likeness } from '../../stores/search.ts'
import { shownHits } from '../../stores/search-pages.ts'
import { timeText } from '../../time-text.ts'

/** What goes with a clip that was found by a search: for its name, and for markers in an editor. */
export interface FoundWith { query: string | null, note: string | null }

export interface Asked { text: string, likeness: Likeness | null }

const MOST_QUERY = 1000
const MOST_NOTE = 2000

const text = messages.search

function exampleText(likeness: Likeness): string {
  return likeness.kind === 'picture' ? text.likePicture(likeness.name) : text.similarTo(likeness.title, timeText(likeness.at))
}

/** Why a hit was found, in words: "Said: two wedding cakes; Tag: cake". */
function reasonsText({ reasons }: SearchHit): string {
  return reasons.map(({ kind, text: why }) => text.because(text.reasons[kind], why.replace(/[«»]/g, '').replace(/\s+/g, ' ').trim())).join('; ')
}

/** The words a hit was found with, and why it was; an example has no words, so it stands among the reasons. */
export function foundWith(hit: SearchHit, { text: query, likeness }: Asked): FoundWith {
  const example = likeness === null ? [] : [exampleText(likeness)]
  const note = [...example, reasonsText(hit)].filter((part) => part !== '').join('; ').slice(0, MOST_NOTE)
  const words = likeness === null ? query.trim().slice(0, MOST_QUERY) : ''
  return { query: words === '' ? null : words, note: note === '' ? null : note }
}

/** The hit that has most in common with a part of a video; null where none has anything. */
export function hitWithin(answer: SearchAnswer | null, part: { videoId: VideoId, start: number, end: number }): SearchHit | null {
  const common = ({ start, end }: SearchHit): number => Math.min(end, part.end) - Math.max(start, part.start)
  const [best] = shownHits(answer).filter((hit) => hit.videoId === part.videoId && common(hit) > 0).toSorted((one, other) => common(other) - common(one))
  return best ?? null
}
