import process from 'node:process'
import { inspect } from 'node:util'
import { cappedLog } from '../capped-log.ts'

/** Where this process writes what should not have happened: to stderr, and to a file for those who start it from a dock. */
export function bugLog(file: string): (where: string, error: unknown) => void {
  const log = cappedLog(file)
  return (where, error) => {
    const text = `something went wrong in ${where}\n${inspect(error)}`
    process.stderr.write(`${text}\n`)
    log(text)
  }
}
