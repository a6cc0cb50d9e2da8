import type { Asked, Span } from '../export-matrix/asked.ts'
import { randomSpans } from '../export-matrix/asked.ts'
import type { Source } from '../export-matrix/source.ts'
import type { Workshop } from './workshop.ts'

export const KINDS = ['exact', 'smart', 'copy', 'reel'] as const
export type Kind = (typeof KINDS)[number]

/** One `scenedex export`, and what the file must hold that comes of it. */
export interface Request { kind: Kind, args: string[], asked: Asked[] }

const ARGUMENTS: Record<Kind, string[]> = {
  exact: ['--mode', 'exact', '--captions', 'sidecar'],
  smart: ['--mode', 'smart'],
  copy: ['--mode', 'copy', '--accept-shift'],
  reel: ['--mode', 'exact', '--reel', 'All of it'],
}

/** Long enough that there is something to be killed in. */
function longSpan(source: Source, random: () => number): { span: Span, asked: Asked } {
  for (;;) {
    const [found] = randomSpans(source, 1, random)
    if (found !== undefined && found.span.end - found.span.start > 1) return found
  }
}

/** A random export of this kind to the workshop's folder. */
export function randomRequest({ source, library, out }: Pick<Workshop, 'source' | 'library' | 'out'>, kind: Kind, random: () => number): Request {
  const clips = Array.from({ length: kind === 'reel' ? 2 : 1 }, () => longSpan(source, random))
  return {
    kind,
    args: ['export', ...clips.flatMap(({ span }) => ['--clip', source.file, String(span.start), String(span.end)]), ...ARGUMENTS[kind], '--out', out, '--library', library],
    asked: clips.map(({ asked }) => asked),
  }
}
