import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { isCancelled, reportError } from '../../report-error.ts'
import { beginPlayer, usePlayer, usePlayerChoices } from '../../stores/player.ts'
import type { FrameTiming } from './frames.ts'
import { frameAt, frameStart, frameTimingOf, insidePicture, lastFrame, pictureStart } from './frames.ts'
import { LateSeek } from './late-seek.ts'
import type { RangeLimits } from './range.ts'
import { ShownSource } from './shown-source.ts'
import { nextShuttle } from './shuttle.ts'

const FASTEST_RATE = 16
/** Most tries to find the next picture where they last differently long. */
const STEP_TRIES = 12

/** Plays one video in one element: its file, or a preview where the browser can not decode it. Says how it goes in the player's store. */
export class Playback {
  #player: PlayerVideo
  #element: HTMLVideoElement | null = null
  #source: ShownSource | null = null
  #listening = new AbortController()
  /** Where to go once the seek that is under way has ended. */
  #pending: number | null = null
  /** Where the last picture that was drawn begins. */
  #drawn: number | null = null
  #follow = 0
  #stepsLeft = 0
  #reverse: { from: number, sinceMs: number } | null = null
  #seek = new LateSeek()

  constructor(player: PlayerVideo) {
    this.#player = player
  }

  get player(): PlayerVideo {
    return this.#player
  }

  /** More is known of the video than before. */
  update(player: PlayerVideo): void {
    this.#player = player
  }

  get timing(): FrameTiming {
    return frameTimingOf(this.player.details.facts)
  }

  get duration(): number {
    return this.player.details.card.duration ?? 0
  }

  /** What in and out points keep to. */
  limits(): RangeLimits {
    return { duration: this.duration, frameSeconds: this.timing.frameSeconds }
  }

  /** Begins in this element, at a second. */
  attach(element: HTMLVideoElement, second: number, play: boolean): void {
    beginPlayer(second)
    this.#element = element
    this.#listening = new AbortController()
    this.#listen(element)
    const { speed, volume, isMuted } = usePlayerChoices.getState()
    Object.assign(element, { defaultPlaybackRate: speed, playbackRate: speed, volume, muted: isMuted, preservesPitch: true })
    this.#open(element)
    this.seek(second)
    if (play) this.play()
    this.#watchPictures(element)
  }

  detach(): void {
    this.#listening.abort()
    this.#stopFollowing()
    this.#source?.close()
    this.#source = null
    this.#element = null
    beginPlayer(0)
  }

  play(): void {
    const element = this.#element
    if (element === null) return
    this.#reverse = null
    if (usePlayer.getState().second >= this.duration - this.timing.frameSeconds * 0.6) this.seek(0)
    if (usePlayer.getState().shuttle <= 0) this.#setShuttle(1)
    element.play().catch((error: unknown) => {
      // Interrupted by a pause, which says so itself, or by another source, which goes on.
      if (isCancelled(error)) return
      // A page that nobody touched yet may not make a sound: it waits for a click. What does not play at all is the source's matter.
      const isExpected = error instanceof DOMException && ['NotAllowedError', 'NotSupportedError'].includes(error.name)
      if (!isExpected) reportError(error)
      if (!(error instanceof DOMException && error.name === 'NotSupportedError')) this.#setShuttle(0)
    })
  }

  pause(): void {
    // An element that was played backwards stands already and does not tell of it.
    this.#stopFollowing()
    this.#setShuttle(0)
    this.#element?.pause()
  }

  toggle(): void {
    if (usePlayer.getState().isPlaying) this.pause()
    else this.play()
  }

  shuttle(key: 'J' | 'K' | 'L'): void {
    const next = nextShuttle(usePlayer.getState().shuttle, key)
    if (next === 0) {
      this.pause()
    } else if (next > 0) {
      this.#setShuttle(next)
      this.play()
    } else {
      this.#element?.pause()
      this.#setShuttle(next)
      this.#reverse = { from: usePlayer.getState().second, sinceMs: performance.now() }
      usePlayer.setState({ isPlaying: true })
      this.#startFollowing()
    }
  }

  /** Plays at the chosen speed from now on. */
  applyChoices(): void {
    const element = this.#element
    if (element === null) return
    const { speed, volume, isMuted } = usePlayerChoices.getState()
    element.playbackRate = Math.min(FASTEST_RATE, speed * Math.max(1, usePlayer.getState().shuttle))
    element.volume = volume
    element.muted = isMuted
  }

  /** Shows the picture of a second. */
  seek(second: number): void {
    const target = pictureStart(second, this.duration, this.timing)
    if (this.#reverse !== null) this.#reverse = { from: target, sinceMs: performance.now() }
    this.#stepsLeft = 0
    this.#go(target)
  }

  /** So many pictures on or back. */
  step(frames: number): void {
    if (usePlayer.getState().isPlaying) this.pause()
    const { second } = usePlayer.getState()
    if (this.timing.isConstant) {
      const last = lastFrame(this.duration, this.timing)
      this.seek(frameStart(Math.min(last, Math.min(last, frameAt(second, this.timing)) + frames), this.timing))
      return
    }
    // Where pictures last differently long, the one before ends where this one begins; the one after is looked for.
    this.seek(frames < 0 ? second - 0.001 - (-frames - 1) * this.timing.frameSeconds : second + frames * this.timing.frameSeconds)
    this.#stepsLeft = frames > 0 ? STEP_TRIES : 0
  }

  /** Begins again after an error: with the file itself, which may be there again. */
  retry(): void {
    const element = this.#element
    if (element === null) return
    usePlayer.setState({ error: null, previewWhy: null, making: null, isShown: false, isWaiting: true })
    this.#source?.close()
    this.#open(element)
    this.#goOn(element)
  }

  #open(element: HTMLVideoElement): void {
    this.#source = new ShownSource(element, this.player, () => { this.#goOn(element) })
  }

  #go(target: number): void {
    const element = this.#element
    usePlayer.setState({ second: target })
    if (element === null) return
    // A seek that is not finished is not interrupted: while dragging, pictures are to be seen. A preview waits for nothing that is not there.
    if (element.seeking && this.#source?.isPreview === false && usePlayer.getState().isShown) this.#pending = target
    else this.#seek.to(element, this.#mediaTime(target))
  }

  #mediaTime(second: number): number {
    return insidePicture(second, this.duration, this.timing) + this.#offset()
  }

  #offset(): number {
    return this.#source?.offsetSeconds ?? 0
  }

  /** The source is another one: from the same second on. */
  #goOn(element: HTMLVideoElement): void {
    const { second, shuttle } = usePlayer.getState()
    this.#pending = null
    this.#seek.to(element, this.#mediaTime(second))
    if (shuttle > 0) this.play()
  }

  #now(element: HTMLVideoElement): number {
    return Math.max(0, Math.min(this.duration, element.currentTime - this.#offset()))
  }

  #setShuttle(shuttle: number): void {
    usePlayer.setState({ shuttle, ...(shuttle === 0 ? { isPlaying: false } : {}) })
    this.applyChoices()
  }

  #listen(element: HTMLVideoElement): void {
    const on = (type: keyof HTMLVideoElementEventMap, act: () => void): void => { element.addEventListener(type, act, { signal: this.#listening.signal }) }
    on('durationchange', () => { this.#seek.goOn(element) })
    on('loadeddata', () => { usePlayer.setState({ isWaiting: false }) })
    on('seeking', () => { usePlayer.setState({ isWaiting: element.readyState < element.HAVE_CURRENT_DATA }) })
    on('seeked', () => { this.#onSeeked(element) })
    on('waiting', () => { usePlayer.setState({ isWaiting: true }) })
    on('playing', () => {
      usePlayer.setState({ isWaiting: false, isPlaying: true })
      this.#startFollowing()
    })
    on('pause', () => { if (this.#reverse === null && !element.ended) this.#onPaused() })
    on('ended', () => {
      if (usePlayer.getState().isLooping) { this.#loopBack(); return }
      this.#setShuttle(0)
      this.#stopFollowing()
      usePlayer.setState({ second: this.duration })
    })
  }

  #onSeeked(element: HTMLVideoElement): void {
    const target = this.#pending
    this.#pending = null
    if (target === null) usePlayer.setState({ isShown: true, isWaiting: false })
    else this.#seek.to(element, this.#mediaTime(target))
  }

  #onPaused(): void {
    this.#stopFollowing()
    this.#setShuttle(0)
    const { second } = usePlayer.getState()
    // What stands is the last picture drawn; the clock of the sound may be a little further.
    if (this.#drawn !== null && Math.abs(this.#drawn - second) < 0.2) usePlayer.setState({ second: this.#drawn })
  }

  #watchPictures(element: HTMLVideoElement): void {
    const { signal } = this.#listening
    const onPicture = (_: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      if (signal.aborted) return
      element.requestVideoFrameCallback(onPicture)
      const before = this.#drawn
      this.#drawn = Math.max(0, mediaTime - this.#offset())
      usePlayer.setState({ isShown: true })
      if (element.seeking || this.#pending !== null || !element.paused || this.#reverse !== null) return
      this.#onStill(this.#drawn, before)
    }
    element.requestVideoFrameCallback(onPicture)
  }

  #onStill(drawn: number, before: number | null): void {
    if (this.#stepsLeft > 0 && before !== null && drawn <= before + 1e-6) {
      this.#stepsLeft--
      this.#go(usePlayer.getState().second + this.timing.frameSeconds)
      return
    }
    this.#stepsLeft = 0
    // The end of the video is asked for and its last picture is shown: both are true.
    const { second } = usePlayer.getState()
    if (second < this.duration - 1e-6 && Math.abs(second - drawn) < 0.5) usePlayer.setState({ second: drawn })
  }

  #startFollowing(): void {
    cancelAnimationFrame(this.#follow)
    const look = (): void => {
      this.#follow = requestAnimationFrame(look)
      if (this.#reverse === null) this.#onPlaying()
      else this.#onReverse(this.#reverse)
    }
    this.#follow = requestAnimationFrame(look)
  }

  #stopFollowing(): void {
    this.#reverse = null
    cancelAnimationFrame(this.#follow)
  }

  #onPlaying(): void {
    const element = this.#element
    if (element === null || element.seeking) return
    const second = this.#now(element)
    const { isLooping, range, second: before } = usePlayer.getState()
    const end = range.out ?? this.duration
    if (isLooping && before < end && second >= end - this.timing.frameSeconds * 0.4) this.#loopBack()
    else if (second !== before) usePlayer.setState({ second })
  }

  #loopBack(): void {
    this.#go(pictureStart(usePlayer.getState().range.in ?? 0, this.duration, this.timing))
    this.#element?.play().catch((error: unknown) => { if (!isCancelled(error)) reportError(error) })
  }

  // Browsers do not play backwards: pictures are shown as fast as they can be found.
  #onReverse({ from, sinceMs }: { from: number, sinceMs: number }): void {
    const element = this.#element
    if (element === null || element.seeking) return
    const { speed } = usePlayerChoices.getState()
    const second = from + (performance.now() - sinceMs) / 1000 * usePlayer.getState().shuttle * speed
    this.#go(pictureStart(Math.max(0, second), this.duration, this.timing))
    if (second <= 0) this.pause()
  }
}
