import { withoutCommands } from './backslashes.ts'
import { clockTime } from './clock-time.ts'
import type { Cue } from './cues.ts'
import { directedLines } from './direction.ts'

/** With ">" escaped no line holds the arrow that parts two times. */
function escaped(line: string): string {
  return withoutCommands(line).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** WebVTT. */
export function toVtt(cues: readonly Cue[]): string {
  const blocks = cues.map((cue) => [`${clockTime(cue.startMs, '.')} --> ${clockTime(cue.endMs, '.')}`, ...directedLines(cue).map(escaped), ''].join('\n'))
  return ['WEBVTT\n', ...blocks].join('\n')
}
