import { withoutCommands, WORD_JOINER } from './backslashes.ts'
import { clockTime } from './clock-time.ts'
import type { Cue } from './cues.ts'
import { directedLines } from './direction.ts'

// Players take some of HTML for tags and "{\...}" for commands, and there is no way to say that it is none:
// a joint without width keeps it from being one.

function plain(line: string): string {
  return withoutCommands(line).replaceAll('-->', `--${WORD_JOINER}>`).replaceAll(/<(?=[/a-zA-Z])/g, `<${WORD_JOINER}`)
    .replaceAll(/\{(?=\\|[a-zA-Z]:)/g, `{${WORD_JOINER}`)
}

/** SubRip: numbered, lines end with CR LF, an empty line ends a cue. */
export function toSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, index) => [
      String(index + 1),
      `${clockTime(cue.startMs, ',')} --> ${clockTime(cue.endMs, ',')}`,
      ...directedLines(cue).map(plain),
      '',
    ].join('\r\n'))
    .join('\r\n')
}
