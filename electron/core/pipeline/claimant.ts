import { hostname } from 'node:os'
import type { Lease } from '../store/stage-runs.ts'

/** This process, as leases name it. */
export interface Claimant { pid: number, host: string }

export const thisProcess: Claimant = { pid: process.pid, host: hostname() }

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0) // asks only
    return true
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** True when a holder is certainly gone: its process ran on this machine and does not any more. Of other machines only the time tells. */
export function isGone(holder: Pick<Lease, 'pid' | 'host'>): boolean {
  return holder.host === thisProcess.host && !isProcessAlive(holder.pid)
}
