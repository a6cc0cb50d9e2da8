import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { videoUrl } from '../../media.ts'
import { messages } from '../../messages.ts'
import { errorShape } from '../../report-error.ts'
import { usePlayer } from '../../stores/player.ts'
import { codecName, isOtherPicture, missingWhilePlaying, whyNotPlayable } from './can-play.ts'
import { ProxySource } from './proxy-source.ts'

const PROVEN_MS = 1200

/** What an element plays of a video: its file, or a preview as soon as it is known that the browser can not show the file. */
export class ShownSource {
  readonly #element: HTMLVideoElement
  readonly #player: PlayerVideo
  /** To be called after the source became another one. */
  readonly #onOther: () => void
  readonly #listening = new AbortController()
  #proxy: ProxySource | null = null
  #proof: ReturnType<typeof setTimeout> | undefined

  constructor(element: HTMLVideoElement, player: PlayerVideo, onOther: () => void) {
    this.#element = element
    this.#player = player
    this.#onOther = onOther
    this.#listen()
    const why = whyNotPlayable(player)
    if (why === null) this.#showFile()
    else this.#showPreview(why)
  }

  get isPreview(): boolean {
    return this.#proxy !== null
  }

  /** To be added to a second of the video to get the element's `currentTime`. */
  get offsetSeconds(): number {
    return this.#proxy === null ? this.#player.playback.offsetSeconds : 0
  }

  close(): void {
    this.#listening.abort()
    clearTimeout(this.#proof)
    this.#proxy?.close()
    this.#element.removeAttribute('src')
    this.#element.load()
  }

  #showFile(): void {
    this.#element.src = videoUrl(this.#player.details.card.id)
  }

  #showPreview(why: string): void {
    usePlayer.setState({ previewWhy: why, isShown: false, isWaiting: true })
    const { id, duration } = this.#player.details.card
    this.#proxy = new ProxySource(this.#element, { video: id, duration: duration ?? 0 }, {
      onMaking: (making) => { if (usePlayer.getState().making !== making) usePlayer.setState({ making }) },
      onError: (error) => { usePlayer.setState({ error: errorShape(error), making: null }) },
    })
  }

  #fallBack(why: string): void {
    if (this.#proxy !== null) {
      usePlayer.setState({ error: { code: 'DECODE_FAILED', message: messages.player.previewFailed, hint: messages.player.previewFailedHint }, making: null })
      return
    }
    this.#showPreview(why)
    this.#onOther()
  }

  #listen(): void {
    const [element, { signal }, { facts }] = [this.#element, this.#listening, this.#player.details]
    element.addEventListener('error', () => { this.#fallBack(messages.player.why.broken) }, { signal })
    element.addEventListener('loadedmetadata', () => {
      if (this.#proxy !== null) return
      if (element.videoWidth === 0) this.#fallBack(messages.player.why.picture(codecName(facts?.codec ?? '')))
      else if (isOtherPicture(element, this.#player.details)) this.#fallBack(messages.player.why.otherPicture)
    }, { signal })
    // Playing without a picture, or without the sound it should have, is seen after about a second.
    element.addEventListener('playing', () => {
      clearTimeout(this.#proof)
      if (this.#proxy === null) this.#proof = setTimeout(() => { this.#prove() }, PROVEN_MS)
    }, { signal })
  }

  #prove(): void {
    if (this.#element.paused || this.#element.seeking) return
    const missing = missingWhilePlaying(this.#element, this.#player.details.facts)
    if (missing !== null) this.#fallBack(missing)
  }
}
