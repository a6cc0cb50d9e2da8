import type { InstalledModel } from '../../../electron/core/models/model-spec.ts'
import type { Embedder, Inference } from '../../../electron/core/ports.ts'

/** What is measured: a model, and the app's way to it. */
export interface Subject {
  model: InstalledModel
  embedder: Embedder
  /** Another one of the same, whose worker has not been started. */
  fresh(): Inference
  files: readonly string[]
  print(line: string): void
}

/** As many as the stages ask for at a time. */
const AT_A_TIME = 16
const never = new AbortController().signal

/** Vectors of pictures as the stages ask for them; thrown away. */
export async function inBatches(embedder: Embedder, files: readonly string[], afterEach: () => void = () => undefined): Promise<void> {
  for (let first = 0; first < files.length; first += AT_A_TIME) {
    await embedder.embed({ of: 'pictures', files: files.slice(first, first + AT_A_TIME) }, never)
    afterEach()
  }
}
