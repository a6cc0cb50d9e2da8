import type { Modality } from '../store/vector-index.ts'
import type { ReadDatabase } from '../ports.ts'
import type { Answering } from './answering.ts'
import { orNote, whoAnswers } from './answering.ts'
import type { Search, SearchTools } from './asked-search.ts'
import { overallFilters } from './compile.ts'
import type { NearScene } from './nearest.ts'
import { nearestToTexts, usualHere } from './nearest.ts'
import type { NearScenes } from './prepare.ts'
import { FALSE_ALARMS, LEAST_CHANCE } from '../usual/usual.ts'
import type { QueryNode } from './query.ts'
import { meaningTexts, pictureTexts } from './retrieve.ts'

// What is further down is there only because something has to be.
const MOST_NEAR = 100

const nobody: Answering = { models: [], unanswered: 0 }

interface Asking { tools: SearchTools, notes: string[] }

function noteUnanswered(modality: Modality, { unanswered }: Answering, notes: string[]): void {
  if (unanswered === 0) return
  const videos = unanswered === 1 ? '1 video was' : `${unanswered} videos were`
  notes.push(modality === 'picture' ? `${videos} looked at by a model that is not installed any more.` : `${videos} read by a text model that is not installed any more.`)
}

/** Who answers for texts; what can not be asked is said in the notes. */
export async function answeringFor(modality: Modality, texts: readonly string[], { tools: { database, encoders }, notes }: Asking): Promise<Answering> {
  if (texts.length === 0) return nobody
  const answering = await orNote(whoAnswers(database, modality, encoders), notes, nobody)
  noteUnanswered(modality, answering, notes)
  return answering
}

/** What comes near to the texts of the query, good or not, without having its words. */
export async function lookAround(node: QueryNode, answering: Record<Modality, Answering>, search: Search): Promise<NearScenes> {
  const { tools: { database, vectors }, query, signal, notes, input: { weights } } = search
  const asked = { database, vectors, filters: overallFilters(node, query), limit: MOST_NEAR }
  // One model computes while the vectors of the other one are looked for; what they say stays in order.
  const said: Record<Modality, string[]> = { picture: [], text: [] }
  const [pictures, passages] = await Promise.all([
    nearestToTexts({ ...asked, modality: 'picture', texts: pictureTexts(node, weights), answering: answering.picture, notes: said.picture }, signal),
    nearestToTexts({ ...asked, modality: 'text', texts: meaningTexts(node, weights), answering: answering.text, notes: said.text }, signal),
  ])
  notes.push(...said.picture, ...said.text)
  return { pictures, passages }
}

function goodOf(near: ReadonlyMap<string, NearScene[]>, bar: number): Map<string, NearScene[]> {
  return new Map([...near].map(([text, found]) => [text, found.filter(({ chance }) => chance === null || chance <= bar)]))
}

/** Vectors of a kind between which it is known what is usual; none where nobody is asked. */
function judgedVectors(database: ReadDatabase, modality: Modality, { models }: Answering): number {
  return models.reduce((sum, { encoder }) => sum + (usualHere(database, { model: encoder.id, modality })?.vectors ?? 0), 0)
}

/**
 * Only what is too unusual for being near by chance, and what nobody can judge yet: what is below the bar must not weigh like what is above. Pictures and
 * passages each have a chance to find something by accident, so where both are asked they share the false alarms (weighted Bonferroni: C. Genovese, K. Roeder,
 * L. Wasserman, "False discovery control with p-value weighting", Biometrika 93, 2006), in the proportion of how many there are: where there are hardly
 * any passages, hardly any of the answers are there. Of the whole library, as a filter must not lower the bar for what it lets through. With 5 % each, 7 % of
 * absurd questions found something (measured here, 2026-11-21, npm run eval -- search). Texts that an OR stands between keep the bar of each: what
 * is found by one of them alone must not go because something else would do too.
 */
export function goodScenes({ pictures, passages }: NearScenes, answering: Record<Modality, Answering>, database: ReadDatabase): NearScenes {
  const [ofPictures, ofPassages] = [judgedVectors(database, 'picture', answering.picture), judgedVectors(database, 'text', answering.text)]
  const bar = (share: number): number => Math.max(LEAST_CHANCE, FALSE_ALARMS * share / Math.max(1, ofPictures + ofPassages))
  return { pictures: goodOf(pictures, bar(ofPictures)), passages: goodOf(passages, bar(ofPassages)) }
}
