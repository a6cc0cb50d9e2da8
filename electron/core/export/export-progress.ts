import type { AppEvent } from '../../contract/events.ts'
import type { Clock } from '../ports.ts'
import type { PicturesDone } from './clip-making.ts'

interface ClipProgress { share: number, done: number, of: number }

export interface ProgressTools { clock: Pick<Clock, 'monotonic'>, emit: (event: AppEvent) => void, exportId: number }

/** Before so much is done, how long the rest takes is a guess. */
const SHARE_FOR_ETA = 0.02

/**
 * Adds up how far the clips of an export are. What is told goes from clip 0 to the last one, however many are made at a time:
 * `clip` are those that are worth as much as is done, `progress` is the rest.
 */
export class ExportProgress {
  readonly #tools: ProgressTools
  readonly #clips: ClipProgress[]
  readonly #startedAt: number

  /** `frames`: how many pictures each clip will have, about; 0 where nobody knows. */
  constructor(tools: ProgressTools, frames: readonly number[]) {
    this.#tools = tools
    this.#clips = frames.map((of) => ({ share: 0, done: 0, of }))
    this.#startedAt = tools.clock.monotonic()
  }

  /** To be called with how far a clip is, 0 to 1; it never goes back. */
  ofClip(index: number): (share: number, pictures?: PicturesDone) => void {
    const clip = this.#clips[index]
    return (share, pictures) => {
      if (clip === undefined) return
      clip.share = Math.max(clip.share, Math.min(1, share))
      if (pictures !== undefined) clip.of = pictures.of
      clip.done = Math.max(clip.done, Math.min(clip.of, pictures?.done ?? 0))
      this.tell()
    }
  }

  /** The clip is dealt with, whether it was written or not. */
  end(index: number): void {
    const clip = this.#clips[index]
    if (clip === undefined) return
    clip.share = 1
    clip.done = clip.of
    this.tell()
  }

  tell(): void {
    const { clock, emit, exportId } = this.#tools
    const clips = this.#clips.length
    const sum = this.#clips.reduce((all, { share }) => all + share, 0)
    const clip = Math.min(clips - 1, Math.floor(sum))
    const share = this.#workDone()
    const elapsedSeconds = (clock.monotonic() - this.#startedAt) / 1000
    emit({
      type: 'export-progress', exportId, clip, clips, progress: Math.min(1, sum - clip),
      etaSeconds: share > SHARE_FOR_ETA ? elapsedSeconds / share - elapsedSeconds : null,
      frames: this.#clips.reduce((all, { done }) => all + done, 0),
      framesOf: this.#clips.reduce((all, { of }) => all + of, 0),
    })
  }

  /** By pictures: a long clip takes longer than a short one. */
  #workDone(): number {
    const weight = ({ of }: ClipProgress): number => Math.max(1, of)
    const all = this.#clips.reduce((sum, clip) => sum + weight(clip), 0)
    return this.#clips.reduce((sum, clip) => sum + clip.share * weight(clip), 0) / Math.max(1, all)
  }
}
