import type { SceneId } from '../../../electron/contract/ids.ts'
import { frameUrl } from '../../media.ts'

const MOST = 400

/** Key frames for drawing, the last used ones kept. Tells when one came that was not there. */
export class ScenePictures {
  readonly #onPicture: () => void
  readonly #images = new Map<SceneId, HTMLImageElement>()

  constructor(onPicture: () => void) {
    this.#onPicture = onPicture
  }

  get(scene: SceneId): HTMLImageElement | null {
    const known = this.#images.get(scene)
    if (known !== undefined) {
      this.#images.delete(scene)
      this.#images.set(scene, known)
      return known.complete && known.naturalWidth > 0 ? known : null
    }
    const image = new Image()
    image.decoding = 'async'
    image.onload = this.#onPicture
    image.src = frameUrl(scene)
    this.#images.set(scene, image)
    const [oldest] = this.#images.keys()
    if (this.#images.size > MOST && oldest !== undefined) this.#images.delete(oldest)
    return null
  }
}
