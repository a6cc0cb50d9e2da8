import type { AppEvent } from '../../contract/events.ts'
import type { Clock, ReadDatabase } from '../ports.ts'
import { newestChange, videosChangedAfter } from '../store/changed-videos.ts'

// Often enough that a grid seems to live, seldom enough that it has something else to do.
const APART_MS = 500

interface Options { db: ReadDatabase, clock: Pick<Clock, 'monotonic'>, emit: (event: AppEvent) => void }

/** Tells which videos have changed, many at once, whoever has changed them: this process or another one. */
export class VideoChanges {
  private readonly options: Options
  private place: number
  private toldMark = ''
  private nextMs = 0

  constructor(options: Options) {
    this.options = options
    this.place = newestChange(options.db)
  }

  /** To be called often; the mark is another one when anything in the library has changed. */
  tell(mark: string): void {
    const now = this.options.clock.monotonic()
    if (mark === this.toldMark || now < this.nextMs) return
    this.toldMark = mark
    const { videos, place } = videosChangedAfter(this.options.db, this.place)
    if (videos.length === 0) return
    this.place = place
    this.nextMs = now + APART_MS
    this.options.emit({ type: 'videos-changed', videoIds: videos })
  }

  /** The same at once: somebody has waited for the end of something. */
  tellNow(mark: string): void {
    this.nextMs = 0
    this.tell(mark)
  }
}
