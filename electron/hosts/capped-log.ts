import { appendFileSync, statSync } from 'node:fs'
import process from 'node:process'

// Enough for the errors of a long time; a loop that fails must not fill the disk.
const LOG_LIMIT_BYTES = 1_000_000

/** Writes entries with their time to the end of a file, until it is full. A log that can not be written is told of once, on stderr. */
export function cappedLog(file: string, limitBytes = LOG_LIMIT_BYTES): (text: string) => void {
  let isLostTold = false
  return (text) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < limitBytes) appendFileSync(file, `${new Date().toISOString()} ${text}\n`)
    } catch (error) {
      if (isLostTold) return
      isLostTold = true
      process.stderr.write(`The log ${file} can not be written: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}
