import { rm } from 'node:fs/promises'
import { makePart } from '../disk.ts'

/** Files that are only needed until the reel is made, in its folder under passing names. They go when it is over, however it ends. */
export class PassingFiles implements AsyncDisposable {
  readonly #folder: string
  readonly #files = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A new empty file. */
  async make(): Promise<string> {
    const file = await makePart(this.#folder)
    this.#files.add(file)
    return file
  }

  async remove(file: string): Promise<void> {
    await rm(file, { force: true })
    this.#files.delete(file)
  }

  /** The file stays, and is the caller's from now on. */
  keep(file: string): string {
    this.#files.delete(file)
    return file
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#files].map((file) => rm(file, { force: true })))
  }
}
