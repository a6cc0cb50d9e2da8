import type { ModelTask } from '../../contract/models.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Inference, Models, SearchedModels } from '../ports.ts'
import { modelFor } from './choice.ts'
import type { FoundModel } from './models-folder.ts'
import { folderStamp, readModelsFolder } from './models-folder.ts'
import type { Catalog, InstalledModel } from './model-spec.ts'
import { vectorSpace } from './model-spec.ts'

export interface InstalledOptions {
  /** Where models lie. */
  folder: string
  inference: Pick<Inference, 'embedder' | 'voiceDetector' | 'transcriber'>
  catalog: Catalog
  settings: () => Settings['models']
}

const never = new AbortController().signal

/** All models that give vectors of this name: every variant that is here, whether it is the one used or not. */
function modelOfVectors(found: readonly FoundModel[], vectors: string): InstalledModel | null {
  for (const entry of found) {
    if (entry.kind !== 'installed') continue
    const variant = entry.model.spec.variants.find((one) => entry.variants.includes(one.name) && vectorSpace({ spec: entry.model.spec, variant: one }) === vectors)
    if (variant !== undefined) return { ...entry.model, variant }
  }
  return null
}

/** The models that are installed in a folder, and which of them works for what. The folder is read again when something in it has changed. */
export function createModels({ folder, inference, catalog, settings }: InstalledOptions): Models & SearchedModels {
  let known: { stamp: string, found: Promise<FoundModel[]> } | null = null

  const found = async (): Promise<FoundModel[]> => {
    const stamp = folderStamp(folder)
    if (known?.stamp !== stamp) known = { stamp, found: readModelsFolder(folder, { catalog, signal: never }) }
    try {
      return await known.found
    } catch (error) {
      known = null
      throw error
    }
  }
  const chosen = async (task: ModelTask): Promise<InstalledModel | null> => modelFor(task, await found(), settings())?.model ?? null
  const opened = async <Value>(model: Promise<InstalledModel | null>, open: (model: InstalledModel) => Value): Promise<Value | null> => {
    const one = await model
    return one === null ? null : open(one)
  }
  return {
    pictures: () => opened(chosen('pictures'), inference.embedder),
    text: () => opened(chosen('text'), inference.embedder),
    voice: () => opened(chosen('voice'), inference.voiceDetector),
    speech: () => opened(chosen('speech'), inference.transcriber),
    embedderOf: (vectors) => opened(found().then((all) => modelOfVectors(all, vectors)), inference.embedder),
    edition: async () => folderStamp(folder),
  }
}
