import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { usualSettings } from '../../electron/contract/settings.ts'
import { modelFor } from '../../electron/core/models/choice.ts'
import { createModels } from '../../electron/core/models/installed.ts'
import type { FoundModel } from '../../electron/core/models/models-folder.ts'
import { readModelsFolder } from '../../electron/core/models/models-folder.ts'
import { libraryPaths } from '../../electron/core/store/folder.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { sharedFolder } from '../shared-media.ts'
import type { Setting } from './block.ts'

/** Where a stand-in lies in the shared models, and where it goes in a library: as somebody would put it there by hand. */
const STAND_INS = [
  { from: 'picture-text-standin', to: 'picture-text-standin' },
  { from: 'sentence-standin', to: 'sentence-standin' },
  { from: path.join('vad', 'silero_vad.onnx'), to: path.join('silero-vad', 'silero_vad.onnx') },
]

/** A model of the shared folder. */
function sharedModel(...parts: string[]): string {
  return path.join(sharedFolder, 'models', ...parts)
}

async function putStandIns(models: string): Promise<void> {
  for (const { from, to } of STAND_INS) {
    const source = sharedModel(from)
    if (!existsSync(source)) continue
    await mkdir(path.dirname(path.join(models, to)), { recursive: true })
    await cp(source, path.join(models, to), { recursive: true })
  }
}

/** The setting of a run, and what ends it. The models of a library are only read; without one the stand-ins of the shared folder serve. */
export async function openSetting(library: string | null): Promise<{ setting: Setting, close: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'scenedex-eval-'))
  const own = path.join(folder, 'models-only')
  if (library === null) await putStandIns(libraryPaths(own).models)
  const { models } = libraryPaths(library ?? own)
  const { inference, catalog } = realTools(own)
  const stop = new AbortController()
  const chosen = usualSettings.models
  const found = (): Promise<FoundModel[]> => readModelsFolder(models, { catalog, signal: stop.signal })
  return {
    setting: {
      models: createModels({ folder: models, inference, catalog, settings: () => chosen }),
      inference,
      installed: async (task) => modelFor(task, await found(), chosen)?.model ?? null,
      installedAll: async () => (await found()).flatMap((one) => one.kind === 'installed' ? [one.model] : []),
      modelsFolder: models,
      areStandIns: library === null,
      folder,
      print: (line) => void process.stdout.write(`${line}\n`),
      signal: stop.signal,
    },
    close: async () => {
      await inference.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
