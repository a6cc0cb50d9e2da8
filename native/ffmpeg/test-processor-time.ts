import { readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/**
 * Seconds of processor time of all programs that this process has started and that have ended; 0 where the system does not tell. On a
 * machine that does other things too, the time that passes says nothing about what a program costs.
 */
export function programSeconds(): number {
  if (process.platform !== 'linux') return 0
  const all = readFileSync('/proc/self/stat', 'utf8')
  // man proc_pid_stat: the name may hold blanks and stands in brackets; cutime and cstime are fields 16 and 17, the first behind it is 3.
  const [user = 0, system = 0] = all.slice(all.lastIndexOf(')') + 2).split(' ').slice(13, 15).map(Number)
  return (user + system) / TICKS_A_SECOND
}
