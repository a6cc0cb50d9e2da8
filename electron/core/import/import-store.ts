import type { VideoId } from '../../contract/ids.ts'
import type { VideoState } from '../../contract/videos.ts'

/** A file as it lies on the disk: what the library keeps of it before anything was probed. */
export interface FoundFile {
  /** Absolute, with all links resolved. */
  path: string
  /** The same for every copy, hard link and new place of the same content. */
  identity: string
  sizeBytes: number
  modifiedMs: number
}

/** A video of the library as the import needs to know it. */
export interface KnownVideo extends FoundFile {
  id: VideoId
  state: VideoState
}

/** What the import needs of the library. Each call is whole by itself; `together` makes several into one transaction. */
export interface ImportStore {
  findByIdentity(identity: string): KnownVideo | undefined
  /** Puts the video with this content back that was taken out and is still kept, as it was. */
  bringBack(identity: string): KnownVideo | undefined
  /** All that have, or had, their file here: more than one where contents were exchanged. */
  findByPath(path: string): KnownVideo[]
  all(): KnownVideo[]
  /** A new video, with its stages to run. Throws for an identity that is there already. */
  add(file: FoundFile & { title: string, wantsFirstLook: boolean }): VideoId
  /** The same content is now here. A video that was `missing` is again what it was before. */
  pointTo(id: VideoId, file: FoundFile): void
  /** Other content at the same path: new identity, badge CHANGED, and every stage is to run again. */
  markChanged(id: VideoId, file: FoundFile): void
  /** The file is gone; all that is known of it is kept. */
  markMissing(id: VideoId): void
  together<Value>(work: () => Value): Value
}
