import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { scenedex } from '../../scenedex.ts'
import type { Kind } from './request.ts'
import { randomRequest } from './request.ts'
import type { Report } from './rounds.ts'
import { isPassing, notWhole } from './whole.ts'
import type { Workshop } from './workshop.ts'

/** Why no small disk can be had here; null when it can. */
export function whyNoSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'only Linux has a disk in memory that a test can mount'
  return process.getuid?.() === 0 ? null : 'only root can mount a small disk'
}

/** Runs `work` with a folder that has room for so many bytes. Throws when it can not be mounted. */
async function withSmallDisk<Value>(folder: string, bytes: number, work: () => Promise<Value>): Promise<Value> {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${Math.ceil(bytes / 4096) * 4096}`, 'tmpfs', folder])
  try {
    return await work()
  } finally {
    execFileSync('umount', [folder])
  }
}

interface Filling { workshop: Workshop, kinds: readonly Kind[], disks: number, mostBytes: number, random: () => number }

async function fillOnce({ workshop, kinds, random }: Filling, { at, bytes }: { at: number, bytes: number }, report: Report): Promise<void> {
  const out = path.join(workshop.out, '..', 'small disk')
  const request = randomRequest({ ...workshop, out }, kinds[at % kinds.length] ?? 'exact', random)
  await withSmallDisk(out, bytes, async () => {
    const { code, stdout, stderr } = await scenedex(request.args, { TMPDIR: workshop.temporary })
    const { files, wrong } = await notWhole(out, new Set(), request)
    report.runs++
    report.files += files
    if (code !== 0) report.stopped++
    report.wrong.push(...wrong)
    const about = `${request.args.join(' ')} on a disk of ${bytes} bytes`
    const left = readdirSync(out).filter(isPassing)
    if (left.length > 0) report.wrong.push(`${about}: leaves ${left.join(', ')}`)
    if (code !== 0 && !(stdout + stderr).includes('DISK_FULL')) report.wrong.push(`${about}: ended with ${String(code)} and does not say that the disk is full: ${stdout}${stderr}`)
    if (code !== 0 && files > 0) report.wrong.push(`${about}: failed and leaves ${readdirSync(out).join(', ')}`)
  })
}

/** Exports of all kinds to disks that are too small, from nothing to nearly enough, and some that are not. */
export async function fullDisks(filling: Filling): Promise<Report> {
  const { workshop, disks, mostBytes, random } = filling
  const report: Report = { runs: 0, stopped: 0, files: 0, left: 0, wrong: [] }
  for (let at = 0; at < disks; at++) await fillOnce(filling, { at, bytes: 4096 + random() * mostBytes }, report)
  report.wrong.push(...readdirSync(workshop.temporary).map((name) => `"${name}" stays in the temporary folder`))
  return report
}
