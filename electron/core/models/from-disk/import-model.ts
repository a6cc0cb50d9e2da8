import type { Catalog } from '../model-spec.ts'
import type { InstallTools } from '../install/install-tools.ts'

export interface ImportTools extends InstallTools { catalog: Catalog }

/** placeholder */
export async function importModel(_source: string, _tools: ImportTools, _signal: AbortSignal): Promise<string> {
  throw new Error('not yet')
}
