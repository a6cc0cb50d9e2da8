import type { VideoId } from '../../../electron/contract/ids.ts'
import type { ProxyPiece } from '../../../electron/contract/player.ts'
import { engine } from '../../api.ts'
import { proxyUrl } from '../../media.ts'
import { isCancelled } from '../../report-error.ts'

export interface ProxyListener {
  /** 0 to 1 of the piece that is waited for; null when it is there. */
  onMaking(progress: number | null): void
  onError(error: unknown): void
}

interface Piece extends Pick<ProxyPiece, 'start' | 'end' | 'contentType'> { bytes: ArrayBuffer }

/** The engine cuts previews into pieces of this length: two moments of one piece are not asked for twice. */
const PIECE_SECONDS = 10
const AHEAD_SECONDS = 8
const pieceOf = (second: number): number => Math.floor(second / PIECE_SECONDS)
const KEPT_SECONDS = 60
const JOINT_SECONDS = 0.12

/** Plays a video that the browser can not decode, through pieces that the engine makes where the playhead is. */
export class ProxySource {
  readonly #element: HTMLVideoElement
  readonly #video: VideoId
  readonly #duration: number
  readonly #listener: ProxyListener
  readonly #source = new MediaSource()
  readonly #url = URL.createObjectURL(this.#source)
  readonly #listening = new AbortController()
  #buffer: SourceBuffer | null = null
  #loading: { at: number, controller: AbortController } | null = null
  #failed = false

  constructor(element: HTMLVideoElement, { video, duration }: { video: VideoId, duration: number }, listener: ProxyListener) {
    this.#element = element
    this.#video = video
    this.#duration = duration
    this.#listener = listener
    const { signal } = this.#listening
    const look = (): void => { this.#look() }
    for (const type of ['seeking', 'timeupdate', 'waiting', 'progress']) element.addEventListener(type, look, { signal })
    this.#source.addEventListener('sourceopen', () => {
      if (this.#buffer === null) this.#source.duration = duration
      this.#look()
    }, { signal })
    signal.addEventListener('abort', engine.onEvent((event) => {
      if (event.type === 'proxy-progress' && event.videoId === video && this.#isWaitedFor(event.piece)) listener.onMaking(event.progress)
    }))
    element.src = this.#url
  }

  close(): void {
    this.#listening.abort()
    this.#loading?.controller.abort()
    URL.revokeObjectURL(this.#url)
  }

  #bufferedUntil(second: number): number | null {
    const { buffered } = this.#element
    for (let at = 0; at < buffered.length; at++) {
      if (buffered.start(at) <= second + JOINT_SECONDS && second < buffered.end(at) - 0.001) return buffered.end(at)
    }
    return null
  }

  #isWaitedFor(piece: number): boolean {
    const { currentTime } = this.#element
    return this.#bufferedUntil(currentTime) === null && piece === pieceOf(currentTime)
  }

  /** Asks for what is missing: the piece at the playhead first, then the next one. */
  #look(): void {
    if (this.#failed || this.#source.readyState === 'closed') return
    const second = Math.min(this.#element.currentTime, Math.max(0, this.#duration - 0.01))
    const until = this.#bufferedUntil(second)
    if (until === null) {
      this.#load(second)
      return
    }
    this.#listener.onMaking(null)
    if (until < this.#duration - JOINT_SECONDS && until - second < AHEAD_SECONDS) this.#load(until + 0.01)
  }

  #load(second: number): void {
    if (this.#loading !== null) {
      // The one on its way is the one that is wanted, or it was for where the playhead is no more.
      if (pieceOf(this.#loading.at) === pieceOf(second)) return
      this.#loading.controller.abort()
    }
    const controller = new AbortController()
    const loading = { at: second, controller }
    this.#loading = loading
    if (this.#bufferedUntil(this.#element.currentTime) === null) this.#listener.onMaking(0)
    this.#fetch(second, controller.signal).then((piece) => this.#append(piece, controller.signal)).catch((error: unknown) => {
      if (controller.signal.aborted || isCancelled(error)) return
      this.#failed = true
      this.#listener.onError(error)
    }).finally(() => {
      if (this.#loading !== loading) return
      this.#loading = null
      this.#look()
    })
  }

  async #fetch(second: number, signal: AbortSignal): Promise<Piece> {
    const { piece, start, end, contentType } = await engine.call('player.proxy', { video: this.#video, at: second }, signal)
    const answer = await fetch(proxyUrl(this.#video, piece), { signal })
    if (!answer.ok) throw new Error(`The piece of the preview was answered with ${answer.status}.`)
    return { start, end, contentType, bytes: await answer.arrayBuffer() }
  }

  async #append({ start, end, contentType, bytes }: Piece, signal: AbortSignal): Promise<void> {
    if (this.#source.readyState === 'closed') return
    this.#buffer ??= this.#source.addSourceBuffer(contentType)
    const buffer = this.#buffer
    await idle(buffer)
    await this.#evict(buffer)
    if (signal.aborted) return
    buffer.timestampOffset = start
    buffer.appendBuffer(bytes)
    await idle(buffer)
    // What is written after this opens the source again.
    if (end >= this.#duration - JOINT_SECONDS && this.#source.readyState === 'open') this.#source.endOfStream()
  }

  /** Pieces far from the playhead are made quickly again, from the library: their room is worth more. */
  async #evict(buffer: SourceBuffer): Promise<void> {
    const now = this.#element.currentTime
    const far: [number, number][] = []
    for (let at = 0; at < buffer.buffered.length; at++) {
      const [start, end] = [buffer.buffered.start(at), buffer.buffered.end(at)]
      if (start < now - KEPT_SECONDS) far.push([start, Math.min(end, now - KEPT_SECONDS)])
      if (end > now + KEPT_SECONDS) far.push([Math.max(start, now + KEPT_SECONDS), end])
    }
    for (const [start, end] of far) {
      buffer.remove(start, end)
      await idle(buffer)
    }
  }
}

function idle(buffer: SourceBuffer): Promise<void> {
  if (!buffer.updating) return Promise.resolve()
  return new Promise((resolve) => { buffer.addEventListener('updateend', () => { resolve() }, { once: true }) })
}
