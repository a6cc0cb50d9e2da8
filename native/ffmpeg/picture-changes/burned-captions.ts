import type { BurnedCaptions } from '../../../electron/core/caption-ports.ts'

/**
 * A text as the value of a filter's option: escaped once for the option's list (":" parts it) and once for the graph around it ("," and ";" part that),
 * as "Notes on filtergraph escaping" of ffmpeg's manual has it.
 */
function filterValue(text: string): string {
  return text.replaceAll(/[\\':]/g, '\\$&').replaceAll(/[\\'[\],;]/g, '\\$&')
}

/** libass opens it itself; it takes "/" on every system. */
function filterPath(file: string): string {
  return filterValue(process.platform === 'win32' ? file.replaceAll('\\', '/') : file)
}

/** Filters that write captions on the picture; a part of a chain whose times count from the beginning of the clip. */
export function captionFilters(captions: BurnedCaptions | null): string[] {
  return captions === null ? [] : [`ass=filename=${filterPath(captions.assFile)}`]
}
