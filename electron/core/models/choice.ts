import type { ModelTask, ModelTier } from '../../contract/models.ts'
import type { Settings } from '../../contract/settings.ts'
import type { FoundModel } from './models-folder.ts'

export type Installed = Extract<FoundModel, { kind: 'installed' }>

const TIERS: Record<ModelTier, number> = { small: 1, balanced: 2, best: 3 }

// What is in no catalog was put there by the person, for a reason.
function rank({ model }: Installed): number {
  return model.spec.tier === null ? 4 : TIERS[model.spec.tier]
}

// What a speech model requires is something that hears voices, whichever it is and whatever its folder is called.
function isUsable({ model: { spec } }: Installed, all: readonly Installed[]): boolean {
  const serves = (id: string, other: Installed): boolean => other.id === id || (spec.task === 'speech' && other.model.spec.task === 'voice')
  return spec.requires.every((id) => all.some((other) => serves(id, other)))
}

/**
 * The model that works for a task: the one that the person chose, as long as it is installed with all that it requires; else one of their own, else the best of
 * the catalog; of equals the first by name. Null when there is none.
 */
export function modelFor(task: ModelTask, found: readonly FoundModel[], chosen: Settings['models']): Installed | null {
  const installed = found.filter((model) => model.kind === 'installed')
  const usable = installed.filter((model) => model.model.spec.task === task && isUsable(model, installed))
  const wanted = task === 'voice' ? null : chosen[task]
  return usable.find(({ id }) => id === wanted) ?? usable.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1))[0] ?? null
}
