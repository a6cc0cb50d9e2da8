import { createHash, randomBytes } from 'node:crypto'
import { isGone, thisProcess } from '../pipeline/claimant.ts'
import type { Claimant } from '../pipeline/claimant.ts'

// A part is named ".scenedex-", the number of the process that writes it (8 hexadecimal digits), a trace of its machine's name (4), and chance.
const PART = /^\.scenedex-([0-9a-f]{8})-([0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.part$/

const traceOf = (host: string): string => createHash('sha256').update(host).digest('hex').slice(0, 4)

/** A name for a file that is being written, which nobody else has, and which says who writes it. */
export function partName({ pid, host }: Claimant = thisProcess): string {
  const chance = randomBytes(10).toString('hex')
  const groups = [pid.toString(16).padStart(8, '0'), traceOf(host), chance.slice(0, 4), chance.slice(4, 8), chance.slice(8)]
  return `.scenedex-${groups.join('-')}.part`
}

/** Whether a file of this name is a part of ours, and whether the one that wrote it is certainly gone. */
export function readPartName(name: string): { isPart: boolean, isLeft: boolean } {
  const [, pid = '', trace] = PART.exec(name) ?? []
  if (trace === undefined) return { isPart: false, isLeft: false }
  // Of other machines that write to the same drive nothing is known.
  return { isPart: true, isLeft: trace === traceOf(thisProcess.host) && isGone({ pid: Number.parseInt(pid, 16), host: thisProcess.host }) }
}
