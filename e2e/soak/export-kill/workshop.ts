import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { partName } from '../../../electron/core/export/part-names.ts'
import { usualSpec } from '../../fixtures/numbered-video-spec.ts'
import { scenedex } from '../../scenedex.ts'
import type { Source } from '../export-matrix/source.ts'
import { makeSource } from '../export-matrix/source.ts'

/** A library with one numbered video, a folder to export to with somebody's own files in it, and a folder for passing files. */
export interface Workshop {
  library: string
  source: Source
  out: string
  /** What the product takes for the system's temporary folder. */
  temporary: string
  strangers: Strangers
}

/** Files of somebody else, some with names much like ours. */
export type Strangers = ReadonlyMap<string, { bytes: Buffer, changedMs: number }>

const USUAL_SECONDS = 20

const STRANGE_NAMES = [
  // A sweep by a careless pattern would take these.
  'holiday.mp4', 'holiday.part', '.scenedex-notes.part', '.scenedex-.part', '.scenedex-00000000-0000-0000-0000-000000000000.part.mp4', 'scenedex-00000000-0000-0000-0000-000000000000.part', '.hidden',
  // What another process of this machine, and another machine, are writing to the same folder.
  partName({ pid: process.pid, host: hostname() }), partName({ pid: 12_345, host: 'another machine' }),
]

function plantStrangers(out: string): Strangers {
  return new Map(STRANGE_NAMES.map((name) => {
    const file = path.join(out, name)
    const bytes = Buffer.from(`mine: ${name}`)
    writeFileSync(file, bytes)
    return [name, { bytes, changedMs: statSync(file).mtimeMs }]
  }))
}

/** Which of somebody's files are gone or changed. */
export function touchedStrangers({ out, strangers }: Pick<Workshop, 'out' | 'strangers'>): string[] {
  return [...strangers].filter(([name, { bytes, changedMs }]) => {
    const file = path.join(out, name)
    const found = statSync(file, { throwIfNoEntry: false })
    return found?.mtimeMs !== changedMs || !readFileSync(file).equals(bytes)
  }).map(([name]) => name)
}

function subRip(lines: number): string {
  const stamp = (seconds: number): string => `00:00:${String(seconds).padStart(2, '0')},000`
  return Array.from({ length: lines }, (_, at) => `${at + 1}\n${stamp(at)} --> ${stamp(at + 1)}\nsecond ${at} of many.\n`).join('\n')
}

/** Makes all of it in `folder` and imports the video. */
export async function makeWorkshop(folder: string, seconds = USUAL_SECONDS): Promise<Workshop> {
  const inside = (name: string): string => path.join(folder, name)
  const [library, out, temporary] = [inside('library'), inside('out'), inside('temporary')]
  for (const made of [out, temporary]) mkdirSync(made)
  const source = await makeSource({ name: 'killed', spec: { ...usualSpec, rate: '30', seconds, hasGrain: true } }, folder)
  writeFileSync(source.file.replace(/\.mp4$/, '.srt'), subRip(seconds - 1))
  const { code, stderr } = await scenedex(['import', source.file, '--library', library, '--wait'])
  if (code !== 0) throw new Error(`the video could not be imported: ${stderr}`)
  return { library, source, out, temporary, strangers: plantStrangers(out) }
}
