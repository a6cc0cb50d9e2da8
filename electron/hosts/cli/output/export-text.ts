import type { ExportedFile, ExportPlan, ExportReport, PlannedClip, Shift } from '../../../contract/exports.ts'
import { printable, sizeText, timeText } from './text.ts'

const problem = ({ error }: ExportReport['failed'][number]): string => `failed  ${error.code}: ${printable(error.message)} ${printable(error.hint)}`.trimEnd()

const reason = (mode: string, why: string): string => why === '' ? mode : `${mode}: ${printable(why)}`

const framesText = (frames: number): string => `${String(frames)} ${frames === 1 ? 'frame' : 'frames'}`

/** What was looked at before the file got its name. Sound alone has no frames to count. */
function checkedText({ frames, checks }: ExportedFile['verified']): string {
  const seen = checks.length === 0 ? ['right length', 'first and last picture', 'plays to the end'] : checks.map(printable)
  return `${frames === 0 ? '' : `${framesText(frames)}; `}checked: ${seen.join('; ')}`
}

function fileText(file: ExportedFile): string {
  return [
    printable(file.path), `    ${timeText(file.start)} - ${timeText(file.end)}, ${reason(file.mode, file.why)}`, `    ${checkedText(file.verified)}`,
    ...file.parts.map(({ at, title }) => `    ${timeText(at)}  ${printable(title)}`),
    ...file.sidecars.map((sidecar) => `    beside it: ${printable(sidecar)}`), ...file.notes.map((note) => `    Note: ${printable(note)}`),
  ].join('\n')
}

/** What was written, how and why so, what of it was verified, and what failed. */
export function exportText({ files, failed }: ExportReport): string {
  return [...files.map(fileText), ...failed.map(problem)].join('\n')
}

/** What copying would do, where that was looked at and can be done. */
function shiftText(shift: Shift | null): string {
  if (shift === null) return ''
  const { framesBefore, framesAfter } = shift
  return framesBefore === 0 && framesAfter === 0 ? ' As a copy: exactly as asked.' : ` As a copy: ${framesText(framesBefore)} more before, ${String(framesAfter)} after.`
}

function plannedText(clip: PlannedClip): string {
  return [
    printable(clip.fileName), `    ${timeText(clip.start)} - ${timeText(clip.end)}, ${clip.frames === 0 ? '' : `${framesText(clip.frames)}, `}about ${sizeText(clip.estimatedBytes)}`,
    `    ${reason(clip.mode, clip.why)}${shiftText(clip.copyShift)}`,
  ].join('\n')
}

/** What would be written. */
export function planText({ clips, problems, seconds, estimatedBytes }: ExportPlan): string {
  return [...clips.map(plannedText), ...problems.map(problem), `${timeText(seconds)} in all, about ${sizeText(estimatedBytes)}. Nothing was written.`].join('\n')
}
