import type { ExportRun } from './export-run.ts'

/** The report of an export as a file, for who keeps proof of what was written: choices, files with what was verified, and what failed. */
export function reportFile({ folder, choices, items, state, error }: ExportRun, now: Date): { name: string, text: string } {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const files = items.flatMap(({ file }) => file ?? [])
  const failed = items.filter((item) => item.file === null).map((item) => ({ title: item.title, clips: item.clips, state: item.state, error: item.error }))
  const report = { exportedBy: 'Scenedex', savedAt: now.toISOString(), folder, state, error, choices, files, failed }
  return { name: `scenedex-export-${day}-${two(now.getHours())}${two(now.getMinutes())}.json`, text: `${JSON.stringify(report, null, 2)}\n` }
}
