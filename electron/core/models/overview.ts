import type { ModelCard, ModelsOverview, TaskOverview } from '../../contract/models.ts'
import type { StageName } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import { taskCounts } from '../store/task-counts.ts'
import { usualBytes, withRequired } from './catalog.ts'
import type { ModelFacts } from './model-cards.ts'
import { modelCards } from './model-cards.ts'
import type { ModelSpec } from './model-spec.ts'

type Task = TaskOverview['task']

const ADDS = {
  pictures: 'Finds scenes by what is seen in them, in words that nobody said, and scenes that look alike.',
  speech: 'Turns what is said into text with times, for videos that have no subtitles.',
  text: 'Finds what was said in other words than those you search with.',
} satisfies Record<Task, string>

/** The stage in which a task is done. */
const STAGES = { pictures: 'picture-vectors', speech: 'transcription', text: 'text-vectors' } satisfies Record<Task, StageName>

/** Which model of the catalog is offered where none is installed: the ordinary one, and where there is none the smallest. */
function offerFor(task: Task, { catalog, found }: ModelFacts): TaskOverview['offer'] {
  const models = catalog.models.filter((spec) => spec.task === task)
  const offered = models.find(({ tier }) => tier === 'balanced') ?? models[0]
  if (offered === undefined) return null
  return { id: offered.id, title: offered.title, bytes: missingFor({ catalog, found }, offered.id).reduce((sum, spec) => sum + usualBytes(spec), 0) }
}

function hintFor(state: TaskOverview['state'], broken: ModelCard | undefined, offer: TaskOverview['offer']): string {
  if (state === 'installed') return ''
  if (broken?.state.kind === 'broken') return `${broken.state.error.message} ${broken.state.error.hint}`.trim()
  return offer === null ? 'There is no model for it in the catalog: put one into the folder of models.' : `Install "${offer.title}": scenedex models install ${offer.id}`
}

function taskOverview(task: Task, { facts, cards, counts }: { facts: ModelFacts, cards: ModelCard[], counts: Counts }): TaskOverview {
  const chosen = cards.find((card) => card.task === task && card.isChosen)
  const broken = cards.find((card) => card.task === task && card.state.kind === 'broken')
  const state = chosen !== undefined ? 'installed' : broken !== undefined ? 'broken' : 'missing'
  const offer = state === 'installed' ? null : offerFor(task, facts)
  const bytes = chosen?.state.kind === 'installed' ? chosen.state.bytes : null
  return { task, id: chosen?.id ?? null, state, bytes, adds: ADDS[task], hint: hintFor(state, broken, offer), offer, ...counts[task] }
}

type Counts = Record<Task, { waiting: number, done: number }>

/** How many videos each task has looked at. */
export function countTasks(db: ReadDatabase): Counts {
  return { pictures: taskCounts(db, STAGES.pictures), speech: taskCounts(db, STAGES.speech), text: taskCounts(db, STAGES.text) }
}

/** What is installed for each task, what it adds, what to do where it is missing, and all models there are. */
export function modelsOverview(facts: ModelFacts, about: Pick<ModelsOverview, 'folder' | 'freeBytes' | 'networkAllowed'> & { counts: Counts }): ModelsOverview {
  const { counts, ...rest } = about
  const cards = modelCards(facts)
  return { ...rest, tasks: (['pictures', 'speech', 'text'] as const).map((task) => taskOverview(task, { facts, cards, counts })), models: cards }
}

/** All that an install of a model brings that is not here yet, what is needed first in front. */
export function missingFor({ catalog, found }: Pick<ModelFacts, 'catalog' | 'found'>, id: string): ModelSpec[] {
  return withRequired(catalog, id).filter((spec) => spec.id === id || !found.some((one) => one.id === spec.id && one.kind === 'installed'))
}
