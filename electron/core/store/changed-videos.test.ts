import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { VideoId } from '../../contract/ids.ts'
import { newestChange, videosChangedAfter } from './changed-videos.ts'
import type { Library } from './database.ts'
import { addMissingRuns } from './stage-runs.ts'
import { testLibrary, testVideo } from './test-library.ts'
import { deleteVideo, setPaused, setVideoState } from './videos.ts'

describe('the videos that were changed', () => {
  let library: Library
  let [a, b]: VideoId[] = []
  beforeEach(async () => {
    library = await testLibrary();
    [a, b] = [testVideo(library, 'a'), testVideo(library, 'b')]
  })
  afterEach(() => { library.close() })

  test('each one is told once, however often it was changed, in the order of the last changes', () => {
    const place = newestChange(library.db)
    setVideoState(library.db, a!, { state: 'processing', error: null })
    setPaused(library.db, b!, true)
    setVideoState(library.db, a!, { state: 'ready', error: null })
    expect(videosChangedAfter(library.db, place).videos).toEqual([b, a])
  })

  test('what was told is not told again', () => {
    const before = videosChangedAfter(library.db, 0)
    setPaused(library.db, b!, true)
    const after = videosChangedAfter(library.db, before.place)
    expect(after.videos).toEqual([b])
    expect(videosChangedAfter(library.db, after.place)).toEqual({ videos: [], place: after.place })
  })

  test('a stage that comes, goes on or ends is a change; the life sign of a lease is none', () => {
    let { place } = videosChangedAfter(library.db, 0)
    const changedBy = (sql: string): VideoId[] => {
      library.db.run(sql)
      const found = videosChangedAfter(library.db, place)
      place = found.place
      return found.videos
    }
    addMissingRuns(library.db, 'scan', 1)
    expect(changedBy('DELETE FROM setting WHERE false')).toEqual([a, b])
    expect(changedBy(`UPDATE stage_run SET state = 'running' WHERE video_id = ${a!}`)).toEqual([a])
    expect(changedBy(`UPDATE stage_run SET progress = 0.5 WHERE video_id = ${a!}`)).toEqual([a])
    expect(changedBy(`UPDATE stage_run SET lease_until_ms = 5, state = 'running' WHERE video_id = ${a!}`)).toEqual([])
  })

  test('a change after the newest changed video was removed is told', () => {
    setPaused(library.db, a!, true)
    setPaused(library.db, b!, true)
    const { place } = videosChangedAfter(library.db, 0)
    deleteVideo(library.db, b!)
    setPaused(library.db, a!, false)
    expect(videosChangedAfter(library.db, place).videos).toEqual([a])
  })
})
