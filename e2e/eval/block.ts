import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import type { Inference, Models } from '../../electron/core/ports.ts'
import type { ModelTask } from '../../electron/contract/models.ts'

/** What all blocks measure with. */
export interface Setting {
  /** The app's own way to the models, as its hosts wire it. */
  models: Models
  inference: Inference
  /** The model that works for a task, as its files lie on the disk; null where there is none. */
  installed(task: ModelTask): Promise<InstalledModel | null>
  /** All that is installed. */
  installedAll(): Promise<InstalledModel[]>
  /** Where the models lie. */
  modelsFolder: string
  /** True for the small models of the shared folder, which stand in for published ones. */
  areStandIns: boolean
  /** A folder of this run, which goes at its end. */
  folder: string
  print(line: string): void
  signal: AbortSignal
}

/** `measured`: there is no bar. */
export type Verdict = 'passed' | 'failed' | 'measured' | { skipped: string }

/** One of the things that are measured. */
export interface Block {
  name: string
  title: string
  run(setting: Setting): Promise<Verdict>
}
