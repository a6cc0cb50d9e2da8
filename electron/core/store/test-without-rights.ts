// A program of its own: looks at a library as somebody who may only read it. Root may everything, so it becomes nobody first.
import { sqlite } from '../../../native/sqlite/open.ts'
import { AppError } from '../errors.ts'
import { openLibrary, openLibraryForReading } from './database.ts'
import { testClock } from './test-library.ts'
import { allVideos } from './videos.ts'

const NOBODY = 65_534

if (process.getuid?.() === 0) {
  process.setgroups?.([])
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
}

const codeOf = (error: unknown): string => error instanceof AppError ? error.code : String(error)
const [folder = ''] = process.argv.slice(2)
const reading = await openLibraryForReading(folder, sqlite, testClock)
const titles = allVideos(reading.db).map(({ title }) => title)
reading.close()
const writing = await openLibrary(folder, sqlite, testClock).then((library) => {
  library.close()
  return 'opened'
}, codeOf)
process.stdout.write(JSON.stringify({ titles, writing }))
