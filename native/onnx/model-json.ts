import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { hasSystemCode } from '../../electron/core/import/system-error.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'
import { damaged } from './model-errors.ts'

/** One JSON file of a model, checked; null where there is none. Throws MODEL_DAMAGED for one that says something else than is expected. */
export async function readModelJson<Value>({ folder, spec }: InstalledModel, file: string, shape: z.ZodType<Value>): Promise<Value | null> {
  let text: string
  try {
    text = await readFile(path.join(folder, file), 'utf8')
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT')) return null
    throw damaged(spec, `${file} can not be read`, error)
  }
  try {
    return shape.parse(JSON.parse(text))
  } catch (error) {
    const first = error instanceof z.ZodError ? error.issues[0] : undefined
    throw damaged(spec, `${file} is not what it should be${first === undefined ? '' : ` (${[...first.path, first.message].join(' ')})`}`, error)
  }
}
