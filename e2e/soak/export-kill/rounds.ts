import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { scenedex, startScenedex } from '../../scenedex.ts'
import type { Moment, Victim } from './kill.ts'
import { isAlive, killAt, VICTIMS } from './kill.ts'
import type { Kind, Request } from './request.ts'
import { randomRequest } from './request.ts'
import { isPassing, notWhole } from './whole.ts'
import type { Workshop } from './workshop.ts'
import { touchedStrangers } from './workshop.ts'

export interface Report {
  runs: number
  /** Those that were killed before they ended by themselves. */
  stopped: number
  /** Files under final names, all of them read. */
  files: number
  /** Passing files that were seen right after a kill. */
  left: number
  wrong: string[]
}

const passing = (folder: string): string[] => readdirSync(folder).filter(isPassing)

/** How long an export of this kind takes here when nothing happens to it. Throws when it fails. */
async function calmMs(workshop: Workshop, kind: Kind, random: () => number): Promise<number> {
  const begun = performance.now()
  const { code, stdout, stderr } = await scenedex(randomRequest(workshop, kind, random).args, { TMPDIR: workshop.temporary })
  if (code !== 0) throw new Error(`an export that nobody killed ended with ${String(code)}: ${stdout}${stderr}`)
  return performance.now() - begun
}

interface Kill { request: Request, victim: Victim, moment: Moment }

async function killOnce(workshop: Workshop, { request, victim, moment }: Kill, report: Report): Promise<number[]> {
  const { out, temporary } = workshop
  const before = new Set(readdirSync(out))
  const started = startScenedex(request.args, { TMPDIR: temporary })
  const programs = await killAt(started, { moment, victim, folder: out })
  const { code, signal, stdout, stderr } = await started.finished
  const { files, wrong } = await notWhole(out, before, request)
  report.runs++
  report.files += files
  if (signal !== null || code !== 0) report.stopped++
  report.wrong.push(...wrong)
  report.left += ours(workshop).length
  if (victim !== 'only ffmpeg') return programs
  // The product itself lives: it says what happened and cleans up.
  const left = passing(out).filter((name) => !before.has(name))
  if (left.length > 0) report.wrong.push(`${request.args.join(' ')}: after the death of ffmpeg it leaves ${left.join(', ')}`)
  if (code !== 0 && !/ffmpeg|could not|not the one|failed/i.test(stdout + stderr)) report.wrong.push(`${request.args.join(' ')}: ended with ${String(code)} and did not say why: ${stdout}${stderr}`)
  return programs
}

async function untilGone(programs: readonly number[]): Promise<void> {
  while (programs.some(isAlive)) await sleep(50)
}

const ours = ({ out, strangers }: Workshop): string[] => passing(out).filter((name) => !strangers.has(name))

/** What is left once another export has begun and ended. */
async function leftovers({ workshop, kinds, random }: Killing): Promise<string[]> {
  await calmMs(workshop, kinds[0] ?? 'exact', random)
  return [
    ...ours(workshop).map((name) => `"${name}" was not swept at the next start`),
    ...readdirSync(workshop.temporary).map((name) => `"${name}" stays in the temporary folder`),
  ]
}

export interface Killing { workshop: Workshop, kinds: readonly Kind[], kills: number, random: () => number }

/** Kills exports of all kinds in turn, ffmpeg or the product or both, and reads every file that came of it. */
export async function killRounds(killing: Killing): Promise<Report> {
  const { workshop, kinds, kills, random } = killing
  const report: Report = { runs: 0, stopped: 0, files: 0, left: 0, wrong: [] }
  const calm = new Map<Kind, number>()
  for (const kind of kinds) calm.set(kind, await calmMs(workshop, kind, random))
  const orphans: number[] = []
  for (let at = 0; at < kills; at++) {
    const kind = kinds[at % kinds.length] ?? 'exact'
    const victim = VICTIMS[Math.floor(at / kinds.length) % VICTIMS.length] ?? 'both'
    const moment = victim !== 'only ffmpeg' && random() < 0.2 ? 'when it is named' : random() * (calm.get(kind) ?? 0)
    orphans.push(...await killOnce(workshop, { request: randomRequest(workshop, kind, random), victim, moment }, report))
  }
  await untilGone(orphans)
  report.wrong.push(...await leftovers(killing), ...touchedStrangers(workshop).map((name) => `somebody's file "${name}" was touched`))
  return report
}
