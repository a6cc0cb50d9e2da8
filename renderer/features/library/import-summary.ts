import type { ImportReport } from '../../../electron/contract/videos.ts'
import { messages } from '../../messages.ts'
import { withoutName } from './reason-text.ts'

const text = messages.library.importing

/** An import's report, with the files that did not even arrive among the refused ones. */
export interface AddedReport extends Omit<ImportReport, 'refused'> {
  refused: { path: string, message: string, hint: string }[]
}

export interface RefusedGroup { message: string, hint: string, paths: string[] }

/** Files that were refused for the same reason stand together, the largest group first. */
export function refusedGroups(refused: AddedReport['refused']): RefusedGroup[] {
  const groups = new Map<string, RefusedGroup>()
  for (const { path, message, hint } of refused) {
    const plain = withoutName(message, path)
    const key = `${plain}\n${hint}`
    const group = groups.get(key) ?? { message: plain, hint, paths: [] }
    group.paths.push(path)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.paths.length - a.paths.length)
}

/** The counts of a report as sentences. */
export function summaryOf({ added, known, moved, refused }: AddedReport): string {
  const parts: [number, (count: number) => string][] = [[added.length, text.added], [moved.length, text.moved], [known.length, text.known], [refused.length, text.refused]]
  const said = parts.filter(([count]) => count > 0).map(([count, say]) => say(count))
  return said.length === 0 ? text.nothing : said.join(' ')
}

/** The whole report as plain text, to be copied into a message or a note. */
export function reportText({ added, known, moved, refused }: AddedReport): string {
  const groups: [string, string[]][] = [
    [text.groups.refused, refused.map(({ path, message, hint }) => `${path}\n  ${message}${hint === '' ? '' : ` ${hint}`}`)],
    [text.groups.added, added.map(({ path }) => path)],
    [text.groups.moved, moved.map(({ path, from }) => `${path} (${text.movedFrom(from)})`)],
    [text.groups.known, known.map(({ path }) => path)],
  ]
  return groups.filter(([, lines]) => lines.length > 0).map(([title, lines]) => `${title}\n${lines.join('\n')}`).join('\n\n')
}
