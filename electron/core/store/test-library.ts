import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqlite } from '../../../native/sqlite/open.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { MediaFacts } from '../facts.ts'
import type { Clock } from '../ports.ts'
import type { Library } from './database.ts'
import { openLibrary } from './database.ts'
import { addVideo, setFacts } from './videos.ts'

export const testClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => { await sleep(milliseconds, undefined, { signal }) },
}

export function testFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'scenedex-test-'))
}

/** A library in a folder of its own, which goes with `close`. */
export async function testLibrary(): Promise<Library & { folder: string }> {
  const folder = testFolder()
  const library = await openLibrary(path.join(folder, 'library'), sqlite, testClock)
  return { ...library, folder, close: () => {
    library.close()
    rmSync(folder, { recursive: true, force: true })
  } }
}

/** A video of ten seconds in ticks of a millisecond, whose first picture is at tick 500. */
export const testMedia: MediaFacts = {
  container: 'mov', durationSeconds: 10, bitRate: null, title: null, recordedAt: null,
  picture: {
    index: 0, codec: 'h264', profile: 'High', width: 640, height: 360, pixelFormat: 'yuv420p', bitDepth: 8,
    timeBase: { num: 1, den: 1000 }, startPts: 500, durationPts: 10_000, frameRate: 25, isVariableRate: false,
    rotationDegrees: 0, isMirrored: false, sampleAspect: { num: 1, den: 1 },
    colour: { range: null, matrix: null, transfer: null, primaries: null }, dynamicRange: 'sdr',
  },
  sounds: [], chosenSound: null, subtitles: [], chapters: [],
}

let videosMade = 0

/** A video that was probed. */
export function testVideo(library: Library, title = 'A day at sea', file = `/videos/${title}.mp4`): VideoId {
  const id = addVideo(library.db, { path: file, identity: `identity-${++videosMade}`, sizeBytes: 1000, modifiedMs: 1.5, title, wantsFirstLook: false, addedMs: 1 })
  setFacts(library.db, id, testMedia)
  return id
}
