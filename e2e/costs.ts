import { existsSync, readFileSync } from 'node:fs'

export interface Cost { wall: number, cpu: number }

/** CPU seconds of the children that have ended: utime and stime of waited-for children in /proc/self/stat, in ticks of 1/100 s. */
function cpuOfChildren(): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6 + cpuOfChildren()
}

/** What a piece of work takes, in seconds; only for one at a time. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [wall, cpu] = [performance.now(), cpuSeconds()]
  await work()
  return { wall: (performance.now() - wall) / 1000, cpu: cpuSeconds() - cpu }
}

export function sumOf(costs: readonly Cost[]): Cost {
  return costs.reduce((sum, { wall, cpu }) => ({ wall: sum.wall + wall, cpu: sum.cpu + cpu }), { wall: 0, cpu: 0 })
}
