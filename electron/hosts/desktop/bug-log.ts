import { appendFileSync, statSync } from 'node:fs'
import process from 'node:process'
import { inspect } from 'node:util'

// Enough for the errors of a long time; a loop that fails must not fill the disk.
const LOG_LIMIT_BYTES = 1_000_000

/** Where this process writes what should not have happened: to stderr, and to a file for those who start it from a dock. */
export function bugLog(file: string): (where: string, error: unknown) => void {
  return (where, error) => {
    const text = `something went wrong in ${where}\n${inspect(error)}\n`
    process.stderr.write(text)
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < LOG_LIMIT_BYTES) appendFileSync(file, `${new Date().toISOString()} ${text}`)
    } catch {
      process.stderr.write(`${file} can not be written\n`)
    }
  }
}
