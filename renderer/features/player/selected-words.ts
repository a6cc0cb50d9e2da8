import type { Line } from './transcript.ts'

/** Words that a person selected with the mouse. */
export interface SelectedWords { start: number, end: number, count: number, text: string }

/** A word of a line; null where the line has no times for its words. */
export interface Place { line: number, word: number | null }

/** The word that a part of the page belongs to. */
export function placeOf(node: Node | null): Place | null {
  const element = node instanceof Element ? node : node?.parentElement ?? null
  const span = element?.closest<HTMLElement>('[data-line]') ?? null
  if (span === null) return null
  const { line, word } = span.dataset
  return { line: Number(line), word: word === undefined ? null : Number(word) }
}

/** The words from one place to another, both included; a line without words counts as one. */
export function wordsBetween(lines: readonly Line[], from: Place, to: Place): SelectedWords | null {
  const words = lines.slice(from.line, to.line + 1).flatMap((line, by) => {
    const own = line.words.length === 0 ? [line] : line.words
    const first = by === 0 ? from.word ?? 0 : 0
    const last = from.line + by === to.line ? to.word ?? own.length - 1 : own.length - 1
    return own.slice(first, last + 1)
  })
  const [start, end] = [words.at(0)?.start, words.at(-1)?.end]
  if (start === undefined || end === undefined) return null
  return { start, end, count: words.length, text: words.map(({ text }) => text.trim()).join(' ') }
}

/** What is selected on the page, in words of the transcript; null when it is none of it. */
export function selectedWords(lines: readonly Line[], within: Element): SelectedWords | null {
  const selection = getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!within.contains(range.commonAncestorContainer)) return null
  const [from, to] = [placeOf(range.startContainer), placeOf(range.endContainer)]
  return from === null || to === null ? null : wordsBetween(lines, from, to)
}
