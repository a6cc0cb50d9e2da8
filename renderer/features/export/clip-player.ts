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

export interface ClipPlayer {
  /** Shows the first picture of a span, and plays it when something was playing or `play` is asked for. */
  show(span: PlayedSpan, play: boolean): void
  /** The ends moved: what is shown stays, as long as it is inside. */
  trim(span: PlayedSpan): void
  play(): void
  pause(): void
  seek(second: number): void
  close(): void
}

interface Shown { video: VideoId, source: ClipSourceFile }

const isIn = ({ source }: Shown, second: number): boolean => second >= source.from && second < source.until

/** Plays spans of videos in one video element, from their first to their last picture. */
export function createClipPlayer(element: HTMLVideoElement, listener: ClipPlayerListener): ClipPlayer {
  let span: PlayedSpan | null = null
  let shown: Shown | null = null
  let loading = new AbortController()
  let isWanted = false
  let frameRequest = 0

  const want = (play: boolean): void => { isWanted = play; listener.onPlaying(play) }
  const start = (): void => { element.play().catch((error: unknown) => { if (!isCancelled(error)) want(false) }) }

  const load = async (video: VideoId, second: number): Promise<void> => {
    loading.abort()
    loading = new AbortController()
    const { signal } = loading
    listener.onLoading(true)
    try {
      const source = await sourceAt(video, second, signal)
      if (signal.aborted) return
      shown = { video, source }
      if (element.getAttribute('src') !== source.url) element.src = source.url
      element.currentTime = second + source.offset
      if (isWanted) start()
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return
      listener.onLoading(false)
      listener.onError(errorShape(error))
    }
  }

  const goTo = (second: number): void => {
    if (span === null) return
    listener.onSecond(second)
    if (shown?.video !== span.video || !isIn(shown, second)) { void load(span.video, second); return }
    element.currentTime = second + shown.source.offset
    if (isWanted) start()
  }

  const now = (): number => shown === null ? 0 : element.currentTime - shown.source.offset

  const finish = (at: PlayedSpan): void => {
    element.pause()
    want(false)
    goTo(at.end - at.frameSeconds / 2)
    listener.onEnd()
  }

  const follow = (): void => {
    frameRequest = requestAnimationFrame(follow)
    if (span === null || shown === null || shown.video !== span.video || element.paused || element.seeking) return
    const second = now()
    listener.onSecond(second)
    // The middle of the last picture: it is on the screen, and the one behind it never comes.
    if (second >= span.end - span.frameSeconds / 2) finish(span)
    else if (second >= shown.source.until - 0.02) void load(span.video, shown.source.until)
  }

  const onBroken = (): void => {
    if (shown === null || span === null) return
    const { video } = shown
    shown = null
    if (fallBackToProxy(video)) { goTo(now() || span.start); return }
    listener.onLoading(false)
    listener.onError({ code: 'DECODE_FAILED', message: messages.tray.previewFailed, hint: messages.tray.previewFailedHint })
  }

  const listeners = {
    error: onBroken,
    // Sound without a picture: the browser knows the container and not the codec.
    loadedmetadata: () => { if (element.videoWidth === 0) onBroken() },
    seeked: () => { listener.onLoading(false); listener.onError(null) },
    playing: () => { listener.onLoading(false) },
    waiting: () => { listener.onLoading(true) },
    ended: () => { if (span !== null && shown !== null && isWanted && shown.source.until === Infinity) finish(span) },
  }
  for (const [name, act] of Object.entries(listeners)) element.addEventListener(name, act)
  frameRequest = requestAnimationFrame(follow)

  return {
    show: (next, play) => {
      span = next
      if (!play) element.pause()
      want(play)
      listener.onError(null)
      goTo(next.start + next.frameSeconds / 2)
    },
    trim: (next) => { span = next },
    play: () => {
      if (span === null) return
      want(true)
      const isOutside = now() < span.start - span.frameSeconds || now() >= span.end - span.frameSeconds
      if (isOutside) goTo(span.start)
      else start()
    },
    pause: () => { element.pause(); want(false) },
    seek: goTo,
    close: () => {
      cancelAnimationFrame(frameRequest)
      loading.abort()
      for (const [name, act] of Object.entries(listeners)) element.removeEventListener(name, act)
      element.removeAttribute('src')
      element.load()
    },
  }
}
