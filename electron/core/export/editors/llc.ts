import type { SequenceClip } from './sequence.ts'

/** A project of LosslessCut (version 1; JSON is JSON5): the segments of one video, in seconds. */
export function llcOf(fileName: string, clips: readonly SequenceClip[]): string {
  const cutSegments = clips.map(({ name, startSeconds, endSeconds, query, note }) => ({
    start: Number(startSeconds.toFixed(6)), end: Number(endSeconds.toFixed(6)), name: name.toWellFormed(),
    ...query === null && note === null ? {} : { tags: { ...query === null ? {} : { query: query.toWellFormed() }, ...note === null ? {} : { reason: note.toWellFormed() } } },
  }))
  return `${JSON.stringify({ version: 1, mediaFileName: fileName, cutSegments }, null, 2)}\n`
}
