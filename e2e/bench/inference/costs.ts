/** What a piece of work took: seconds by the clock, and processor seconds of all threads of this process. */
export interface Cost { wall: number, cpu: number }

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const [wall, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 }
}

export function verdict(isMet: boolean): string {
  return isMet ? 'PASS' : 'FAIL'
}
