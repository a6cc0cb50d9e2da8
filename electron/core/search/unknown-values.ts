import { languageName } from '../language.ts'
import type { ReadDatabase } from '../ports.ts'
import { languagesSpoken } from '../store/speech.ts'
import { labelsInUse } from '../store/tags.ts'
import type { Filter, QueryNode } from './query.ts'
import { editDistance, forgivenErrors } from './spelling.ts'

type FilterNode = Extract<QueryNode, { kind: 'filter' }>
type FilterOf<Kind extends Filter['kind']> = FilterNode & { filter: Extract<Filter, { kind: Kind }> }

const MOST_NAMED = 5

function isOf<Kind extends Filter['kind']>(leaf: QueryNode, kind: Kind): leaf is FilterOf<Kind> {
  return leaf.kind === 'filter' && leaf.filter.kind === kind
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}

/** How far a label is from what was asked for: fewer is nearer; null when it has nothing of it. */
function distance(label: string, asked: string): number | null {
  if (label.includes(asked) || asked.includes(label)) return 0
  const words = label.split(' ')
  const most = Math.max(1, forgivenErrors(asked))
  const errors = Math.min(...[label, ...words].map((part) => editDistance(asked, part, most)))
  if (errors <= most) return errors
  return asked.split(' ').some((word) => words.includes(word)) ? most + 1 : null
}

function nearestLabels(labels: readonly string[], asked: string): string[] {
  return labels.map((label) => ({ label, far: distance(label, asked) }))
    .filter((one): one is { label: string, far: number } => one.far !== null)
    .sort((a, b) => a.far - b.far || (a.label < b.label ? -1 : 1)).slice(0, MOST_NAMED).map(({ label }) => label)
}

function tagNote(labels: readonly string[], asked: string): string | null {
  if (labels.some((label) => ` ${label} `.includes(` ${asked} `))) return null
  if (labels.length === 0) return 'Nothing here has tags yet: they need a picture model.'
  const near = nearestLabels(labels, asked)
  return near.length === 0 ? `No scene has the tag "${asked}".` : `No scene has the tag "${asked}": the nearest that there are here are ${listed(near)}.`
}

function languageNote(spoken: readonly string[], tag: string): string | null {
  if (spoken.some((one) => one === tag || one.startsWith(`${tag}-`))) return null
  if (spoken.length === 0) return 'Of nothing here it is known in what language it is spoken.'
  return `Nobody speaks ${languageName(tag)} here, but ${spoken.slice(0, MOST_NAMED).map(languageName).join(', ')}${spoken.length > MOST_NAMED ? ' and others' : ''}.`
}

/** Notes on tags that no scene has and languages that nobody speaks, with what comes near; `tagOf` gives the code of a language in lower case. */
export function unknownValues(db: ReadDatabase, leaves: readonly QueryNode[], tagOf: (text: string) => string | null): string[] {
  const tags = leaves.filter((leaf) => isOf(leaf, 'tag'))
  const languages = leaves.filter((leaf) => isOf(leaf, 'language'))
  const labels = tags.length === 0 ? [] : labelsInUse(db)
  const spoken = languages.length === 0 ? [] : languagesSpoken(db)
  return [
    ...tags.map(({ filter: { text } }) => tagNote(labels, text)),
    ...languages.map(({ filter: { text } }) => languageNote(spoken, tagOf(text) ?? text)),
  ].filter((note) => note !== null)
}
