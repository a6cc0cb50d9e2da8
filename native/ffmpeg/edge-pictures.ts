import type { DecodeRequest, PictureAt, SmallPicture } from '../../electron/core/ports.ts'

/** Keeps the pictures around the two ends of a span while all of it passes by: memory does not grow with its length. */
export class EdgePictures {
  readonly pts: number[] = []
  readonly #asked: readonly PictureAt[]
  readonly #span: { startPts: number, endPts: number }
  readonly #wanted: { before: number, head: number, tail: number, after: number }
  readonly #before: SmallPicture[] = []
  readonly #head: SmallPicture[] = []
  readonly #tail: SmallPicture[] = []
  readonly #after: SmallPicture[] = []

  constructor({ span, picturesAt }: Pick<DecodeRequest, 'span' | 'picturesAt'>) {
    this.#asked = picturesAt
    this.#span = span ?? { startPts: -Infinity, endPts: Infinity }
    const most = (edge: PictureAt['edge'], sign: 1 | -1): number => Math.max(0, ...picturesAt.filter((at) => at.edge === edge).map((at) => sign * at.offset))
    this.#wanted = { before: most('first', -1), head: most('first', 1) + 1, tail: most('last', -1) + 1, after: most('last', 1) }
  }

  add(picture: SmallPicture): void {
    if (picture.pts < this.#span.startPts) {
      keepLast(this.#before, picture, this.#wanted.before)
      return
    }
    if (picture.pts >= this.#span.endPts) {
      this.#after.push(picture)
      return
    }
    this.pts.push(picture.pts)
    if (this.#head.length < this.#wanted.head) this.#head.push(picture)
    keepLast(this.#tail, picture, this.#wanted.tail)
  }

  /** True when nothing that is still to come can be part of the answer. */
  isComplete(): boolean {
    return this.#after.length > 0 && this.#after.length >= this.#wanted.after
  }

  asked(): (SmallPicture | null)[] {
    return this.#asked.map(({ edge, offset }) => this.#at(edge, offset) ?? null)
  }

  #at(edge: PictureAt['edge'], offset: number): SmallPicture | undefined {
    if (edge === 'first') return offset < 0 ? this.#before.at(offset) : this.#head[offset] ?? this.#after[offset - this.pts.length]
    return offset > 0 ? this.#after[offset - 1] : this.#tail.at(offset - 1) ?? this.#before.at(offset - 1 + this.pts.length)
  }
}

function keepLast(pictures: SmallPicture[], picture: SmallPicture, count: number): void {
  if (count === 0) return
  pictures.push(picture)
  if (pictures.length > count) pictures.shift()
}
