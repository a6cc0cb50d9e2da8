import type { CutJob, CutReport } from '../../electron/core/ports.ts'
import { EDGES } from '../../electron/core/ports.ts'
import { EdgePictures } from './edge-pictures.ts'
import { filteredSpan } from './picture-graph.ts'
import type { SeenPicture } from './run-up.ts'
import { Traces } from './small-picture.ts'

/** Joins what is said of the pictures of a cut with small copies of what its encoder gets: the n-th of each belong together. */
export class FedPictures {
  readonly #job: CutJob
  readonly #edges: EdgePictures
  readonly #traces = new Traces()
  readonly #pts: number[] = []
  readonly #pixels: Uint8Array[] = []
  #isPastEnd = false
  #count = 0

  constructor(job: CutJob) {
    this.#job = job
    const span = job.conform === null ? { startPts: job.firstPts, endPts: job.endPts } : null
    this.#edges = new EdgePictures({ span, picturesAt: EDGES })
  }

  /** A picture came out of the decoder. */
  decoded({ pts }: SeenPicture): void {
    if (this.#job.conform !== null || pts === null || this.#isPastEnd) return
    const { fromPts, toPts } = filteredSpan(this.#job)
    // As the filter `trim` does: with the first picture behind the end it is over.
    if (pts >= toPts) this.#isPastEnd = true
    else if (pts >= fromPts) this.#pts.push(pts)
    this.#pair()
  }

  /** A picture went to the encoder, or is one of those beside the clip. */
  handedOver(pixels: Uint8Array): void {
    if (this.#job.conform !== null) this.#pts.push(this.#count)
    this.#count += 1
    this.#pixels.push(pixels)
    this.#pair()
  }

  report(): Pick<CutReport, 'pts' | 'pictures' | 'traces'> {
    return { pts: this.#edges.pts, pictures: this.#edges.asked(), traces: this.#traces.bytes() }
  }

  #pair(): void {
    while (this.#pts.length > 0 && this.#pixels.length > 0) {
      const [pts, pixels] = [this.#pts.shift(), this.#pixels.shift()]
      if (pts === undefined || pixels === undefined) return
      this.#edges.add({ pts, pixels })
      if (this.#job.conform !== null || (pts >= this.#job.firstPts && pts < this.#job.endPts)) this.#traces.add(pixels)
    }
  }
}
