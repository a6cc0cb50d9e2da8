import type { DoctorLine } from '../../contract/doctor.ts'
import type { ModelCard, ModelsOverview, TaskOverview } from '../../contract/models.ts'

const NAMES = { pictures: 'picture model', speech: 'speech model', text: 'text model' } satisfies Record<TaskOverview['task'], string>
const UNITS = { pictures: 'pictures a second', speech: 'x realtime', text: 'texts a second' } satisfies Record<TaskOverview['task'], string>

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`

/** Which variant of a model is used, what computes it and how fast it was here: "SigLIP 2 base (siglip2-base), int8 on cpu, 6.2 pictures a second". */
function foundText({ id, title, state }: ModelCard, task: TaskOverview['task']): string {
  if (state.kind !== 'installed') return id
  const name = title === id ? id : `${title} (${id})`
  const own = state.measures.filter(({ variant, itemsPerSecond }) => variant === state.variant && itemsPerSecond !== null)
  const used = own.sort((a, b) => (b.itemsPerSecond ?? 0) - (a.itemsPerSecond ?? 0))[0]
  if (used?.itemsPerSecond == null) return `${name}, ${state.variant}`
  return `${name}, ${state.variant} on ${used.provider}, ${used.itemsPerSecond.toFixed(1)} ${UNITS[task]}`
}

function lineOf(overview: TaskOverview, models: readonly ModelCard[]): DoctorLine {
  const { task, adds, hint, offer } = overview
  const name = NAMES[task]
  const chosen = models.find((card) => card.task === task && card.isChosen)
  if (chosen !== undefined) return { name, state: 'ok', found: foundText(chosen, task), hint: '' }
  const broken = models.find((card) => card.task === task && card.state.kind === 'broken')
  if (broken?.state.kind === 'broken') return { name, state: 'broken', found: broken.state.error.message, hint: broken.state.error.hint }
  const add = offer === null ? hint : `Add one (${megabytes(offer.bytes)}): scenedex models install ${offer.id}`
  return { name, state: 'optional', found: 'none', hint: `${adds} ${add}`.trim() }
}

/** For each task the model that does it, or what is missing with its size and the command that adds it. */
export function modelLines({ tasks, models }: Pick<ModelsOverview, 'tasks' | 'models'>): DoctorLine[] {
  return [
    ...tasks.map((task) => lineOf(task, models)),
    {
      name: 'verified with', state: 'ok', hint: '',
      found: 'Silero VAD, and small models of the form of CLIP, BGE and Whisper. The published ones run through the same code, and each is tried out when it is installed.',
    },
  ]
}
