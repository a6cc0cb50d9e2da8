import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ModelItem } from '../../contract/settings.ts'
import { toErrorShape } from '../errors.ts'
import type { Models } from '../ports.ts'

const ADDS = {
  pictures: 'Finds scenes by what is seen in them, in words that nobody said, and scenes that look alike.',
  speech: 'Turns what is said into text with times, for videos that have no subtitles.',
  text: 'Finds what was said in other words than those you search with.',
} satisfies Record<ModelItem['task'], string>

const LATER = 'Not in this version yet. Subtitle files and text tracks of videos are read without it.'

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const sizes = await Promise.all(entries.filter((entry) => !entry.isDirectory()).map(async (entry) => {
    const found = await stat(path.join(entry.parentPath, entry.name)).catch(() => null)
    return found?.size ?? 0
  }))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function pictures(models: Pick<Models, 'pictureModel'>, folder: string): Promise<ModelItem> {
  const item = { task: 'pictures' as const, adds: ADDS.pictures }
  try {
    const model = await models.pictureModel()
    if (model === null) {
      return { ...item, id: null, state: 'missing', bytes: null, hint: `Put the folder of a CLIP model in ONNX form into ${folder}, then import your videos again.` }
    }
    return { ...item, id: model.id, state: 'installed', bytes: await folderBytes(path.join(folder, model.id)), hint: '' }
  } catch (error) {
    const { message, hint } = toErrorShape(error, 'the look at the picture model')
    return { ...item, id: null, state: 'broken', bytes: null, hint: `${message} ${hint}`.trim() }
  }
}

/** What is installed beside the app for each task, what it adds, and what to do where it is missing. */
export async function modelsOverview(models: Pick<Models, 'pictureModel'>, folder: string): Promise<{ items: ModelItem[], folder: string }> {
  const later = (task: 'speech' | 'text', hint: string): ModelItem => ({ task, id: null, state: 'missing', bytes: null, adds: ADDS[task], hint })
  return {
    items: [await pictures(models, folder), later('speech', LATER), later('text', 'Not in this version yet. Search finds word forms and typing errors without it.')],
    folder,
  }
}
