import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { WrittenMode } from '../../../electron/contract/export-choices.ts'
import { usualExportChoices } from '../../../electron/contract/export-choices.ts'
import type { ExportedFile, ExportReport } from '../../../electron/contract/exports.ts'
import { exportClips } from '../../../electron/core/export/export.ts'
import { libraryOf, never, toolsWith, videoId } from '../../../electron/core/export/test-library.ts'
import { seeded } from '../../fixtures/seeded.ts'
import type { Asked, Span } from './asked.ts'
import { askedOf, randomSpans } from './asked.ts'
import { judge } from './judge.ts'
import type { Source } from './source.ts'

export interface WrongClip { span: Span, wrong: string[] }

/** What came of exporting spans of one video in one mode. */
export interface Outcome {
  source: string
  mode: WrittenMode
  files: number
  wrong: WrongClip[]
  refused: { span: Span, code: string, message: string }[]
  /** Made in another mode than the one that was asked for, with what is said of it. */
  fellBack: string[]
  /** Beeps that were compared with their flashes. */
  beeps: number
  soundOff: number
}

const titleOf = (at: number): string => `clip ${String(at).padStart(3, '0')} of all`

/** Each video has spans of its own (FNV-1a). */
function seedOf(name: string): number {
  return Buffer.from(name).reduce((hash, byte) => Math.imul(hash ^ byte, 16_777_619), 2_166_136_261)
}

/** A copy is judged by what it says it holds. */
function promised(source: Source, file: ExportedFile, asked: Asked): Asked | null {
  return file.mode === 'copy' ? askedOf(source, file) : asked
}

interface Exporting { source: Source, mode: WrittenMode, folder: string }

async function exported({ source, mode, folder }: Exporting, spans: readonly Span[]): Promise<ExportReport> {
  const { timeBase, startPts } = source.facts.media.picture
  const clips = await libraryOf(source.file, { endPts: startPts + Math.round(source.endSeconds * timeBase.den / timeBase.num) })
  return exportClips({
    ...usualExportChoices, mode, acceptShift: true, outFolder: folder, encoding: { ...usualExportChoices.encoding, preset: 'ultrafast' },
    clips: spans.map(({ start, end }, at) => ({ kind: 'span', videoId, start, end, title: titleOf(at) })),
  }, toolsWith(clips), never)
}

/** Exports random spans of a video, always the same ones, and reads every file that comes out. */
export async function runMatrix(exporting: Omit<Exporting, 'folder'> & { pairs: number, folder: string }): Promise<Outcome> {
  const { source, mode, pairs } = exporting
  const folder = path.join(exporting.folder, `out-${mode}`)
  mkdirSync(folder)
  const wanted = randomSpans(source, pairs, seeded(seedOf(source.combination.name)))
  const { files, failed } = await exported({ source, mode, folder }, wanted.map(({ span }) => span))
  const outcome: Outcome = { source: source.combination.name, mode, files: files.length, wrong: [], refused: [], fellBack: [], beeps: 0, soundOff: 0 }
  for (const [at, { span, asked }] of wanted.entries()) {
    const file = files.find((one) => path.basename(one.path).includes(titleOf(at)))
    const failure = failed.find(({ clip }) => clip.title === titleOf(at))
    if (failure !== undefined) outcome.refused.push({ span, code: failure.error.code, message: failure.error.message })
    if (file === undefined) continue
    if (file.mode !== mode) outcome.fellBack.push([file.why, ...file.notes].join('; '))
    const promise = promised(source, file, asked)
    const { wrong, beeps, soundOff } = promise === null ? { wrong: [`it says ${file.start} to ${file.end} s, which is no time of a picture`], beeps: 0, soundOff: 0 } : await judge({ source, asked: promise, file })
    outcome.beeps += beeps
    outcome.soundOff = Math.max(outcome.soundOff, soundOff)
    if (wrong.length > 0) outcome.wrong.push({ span, wrong })
  }
  if (outcome.wrong.length === 0) rmSync(folder, { recursive: true })
  return outcome
}
