import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { VideoId } from '../../../electron/contract/ids.ts'
import { messages } from '../../messages.ts'
import { errorShape, isCancelled } from '../../report-error.ts'
import type { ClipSourceFile } from './clip-source.ts'
import { fallBackToProxy, sourceAt } from './clip-source.ts'

/** What is played: these pictures and none before or behind them. */
export interface PlayedSpan { video: VideoId, start: number, end: number, frameSeconds: number }

export interface ClipPlayerListener {
  onSecond(second: number): void
  onPlaying(isPlaying: boolean): void
  onLoading(isLoading: boolean): void
  onError(error: ErrorShape | null): void
  /** It was played up to its end. */
  onEnd(): void
}

interface Shown { video: VideoId, source: ClipSourceFile }

const PIECE_END_SECONDS = 0.02

/** Plays spans of videos in one video element, each from its first to its last picture. */
export class ClipPlayer {
  readonly #element: HTMLVideoElement
  readonly #listener: ClipPlayerListener
  readonly #listening = new AbortController()
  #span: PlayedSpan | null = null
  #shown: Shown | null = null
  #loading = new AbortController()
  #isWanted = false
  #frameRequest = 0

  constructor(element: HTMLVideoElement, listener: ClipPlayerListener) {
    this.#element = element
    this.#listener = listener
    const { signal } = this.#listening
    element.addEventListener('error', () => { this.#onBroken() }, { signal })
    // Sound without a picture: the browser knows the container and not the codec.
    element.addEventListener('loadedmetadata', () => { if (element.videoWidth === 0) this.#onBroken() }, { signal })
    element.addEventListener('seeked', () => { listener.onLoading(false); listener.onError(null) }, { signal })
    element.addEventListener('playing', () => { listener.onLoading(false) }, { signal })
    element.addEventListener('waiting', () => { listener.onLoading(true) }, { signal })
    element.addEventListener('ended', () => { if (this.#shown?.source.until === Infinity && this.#isWanted) this.#finish() }, { signal })
    element.addEventListener('play', () => { cancelAnimationFrame(this.#frameRequest); this.#follow() }, { signal })
  }

  /** Shows the first picture of a span, and plays it from there where that is asked for. */
  show(span: PlayedSpan, play: boolean): void {
    this.#span = span
    if (!play) this.#element.pause()
    this.#want(play)
    this.#listener.onError(null)
    this.seek(span.start)
  }

  /** The ends moved: what is shown stays. */
  trim(span: PlayedSpan): void {
    this.#span = span
  }

  play(): void {
    const span = this.#span
    if (span === null) return
    this.#want(true)
    const now = this.#now()
    if (now < span.start || now >= span.end - span.frameSeconds) this.seek(span.start)
    else this.#start()
  }

  pause(): void {
    this.#element.pause()
    this.#want(false)
  }

  /** To a second of the video; the middle of its picture, so that rounding shows no other one. */
  seek(second: number): void {
    const span = this.#span
    if (span === null) return
    this.#listener.onSecond(second)
    this.#goTo(second + span.frameSeconds / 2)
  }

  close(): void {
    cancelAnimationFrame(this.#frameRequest)
    this.#loading.abort()
    this.#listening.abort()
    this.#element.removeAttribute('src')
    this.#element.load()
  }

  #want(play: boolean): void {
    this.#isWanted = play
    this.#listener.onPlaying(play)
  }

  #start(): void {
    this.#element.play().catch((error: unknown) => { if (!isCancelled(error)) this.#want(false) })
  }

  #now(): number {
    return this.#shown === null ? 0 : this.#element.currentTime - this.#shown.source.offset
  }

  #goTo(second: number): void {
    const [span, shown] = [this.#span, this.#shown]
    if (span === null) return
    if (shown?.video !== span.video || second < shown.source.from || second >= shown.source.until) {
      void this.#load(span.video, second)
      return
    }
    this.#element.currentTime = second + shown.source.offset
    if (this.#isWanted) this.#start()
  }

  async #load(video: VideoId, second: number): Promise<void> {
    this.#loading.abort()
    this.#loading = new AbortController()
    const { signal } = this.#loading
    this.#shown = null
    this.#listener.onLoading(true)
    try {
      const source = await sourceAt(video, second, signal)
      if (signal.aborted) return
      this.#shown = { video, source }
      if (this.#element.getAttribute('src') !== source.url) this.#element.src = source.url
      this.#element.currentTime = second + source.offset
      if (this.#isWanted) this.#start()
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return
      this.#fail(errorShape(error))
    }
  }

  readonly #follow = (): void => {
    // What stands costs nothing: with the next play it goes on.
    if (this.#element.paused) return
    this.#frameRequest = requestAnimationFrame(this.#follow)
    const [span, shown] = [this.#span, this.#shown]
    if (span === null || shown === null || this.#element.seeking) return
    const second = this.#now()
    this.#listener.onSecond(Math.min(second, span.end))
    // The middle of the last picture: it is on the screen, and the one behind it never comes.
    if (second >= span.end - span.frameSeconds / 2) this.#finish()
    else if (second >= shown.source.until - PIECE_END_SECONDS) void this.#load(span.video, shown.source.until)
  }

  #finish(): void {
    const span = this.#span
    if (span === null) return
    this.pause()
    this.#goTo(span.end - span.frameSeconds / 2)
    this.#listener.onSecond(span.end)
    this.#listener.onEnd()
  }

  #onBroken(): void {
    const [span, shown] = [this.#span, this.#shown]
    if (span === null || shown === null) return
    if (fallBackToProxy(shown.video)) void this.#load(span.video, Math.max(span.start, this.#now()))
    else this.#fail({ code: 'DECODE_FAILED', message: messages.tray.previewFailed, hint: messages.tray.previewFailedHint })
  }

  #fail(error: ErrorShape): void {
    this.#listener.onLoading(false)
    this.#want(false)
    this.#listener.onError(error)
  }
}
