import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { DoctorLine, DoctorReport } from '../contract/doctor.ts'
import type { ModelsOverview } from '../contract/models.ts'
import { toErrorShape } from './errors.ts'
import { modelLines } from './models/doctor-lines.ts'
import type { Diagnosis } from './ports.ts'

const GIGABYTE = 1e9
/** Below this much free space an import is likely to end with a full disk. */
const LITTLE_SPACE_BYTES = 2 * GIGABYTE

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false)
}

async function existingParent(start: string): Promise<string> {
  let folder = start
  while (!await isThere(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder)
  return folder
}

async function libraryLine(folder: string): Promise<DoctorLine> {
  const name = 'library folder'
  const nearest = await existingParent(folder)
  if (!(await stat(nearest)).isDirectory()) return { name, state: 'broken', found: `${nearest} is a file`, hint: 'Choose another folder with --library.' }
  const { bavail, bsize } = await statfs(nearest)
  const free = `${(bavail * bsize / GIGABYTE).toFixed(1)} GB free`
  const isWritable = await access(nearest, constants.W_OK).then(() => true, () => false)
  if (!isWritable) return { name, state: 'broken', found: `${folder}, ${free}`, hint: 'It can not be written: searching works, importing does not.' }
  const found = `${folder}${nearest === folder ? '' : ' (made at the first import)'}, ${free}`
  return { name, state: 'ok', found, hint: bavail * bsize < LITTLE_SPACE_BYTES ? 'The drive is nearly full.' : '' }
}

// Whatever is wrong with the models is a line of the report and no reason to stop.
async function linesOfModels(look: (() => Promise<ModelsOverview>) | null): Promise<DoctorLine[]> {
  if (look === null) return [{ name: 'models', state: 'optional', found: 'not looked at: there is no library here that can be opened', hint: '' }]
  try {
    return modelLines(await look())
  } catch (error) {
    const { message, hint } = toErrorShape(error, 'the look at the models')
    return [{ name: 'models', state: 'broken', found: message, hint }]
  }
}

/** What is here, what is missing and what to do about it. Changes nothing. */
export async function examine(options: { folder: string, diagnosis: Diagnosis, models: (() => Promise<ModelsOverview>) | null }): Promise<DoctorReport> {
  const lines = [
    ...await options.diagnosis.programs(),
    await libraryLine(options.folder),
    ...await linesOfModels(options.models),
  ]
  return { healthy: lines.every(({ state }) => state === 'ok' || state === 'optional'), lines }
}
