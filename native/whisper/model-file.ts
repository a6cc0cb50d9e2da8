import { open } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../electron/core/errors.ts'
import type { InstalledModel } from '../../electron/core/models/model-spec.ts'

/** GGML_FILE_MAGIC of ggml.h, 0x67676d6c, as it lies in a file. */
const MAGIC = Buffer.from('lmgg', 'latin1')

/** What whisper-cli says of a file that it can not use (whisper.cpp 1.9.1, whisper_model_load). */
const REFUSED = /bad magic|invalid model|bad ftype|failed to load model|failed to initialize whisper context|not all tensors loaded|unknown tensor|wrong (?:size|shape) in model file|failed to open '/

export function modelDamaged(model: InstalledModel, cause?: unknown): AppError {
  return new AppError('MODEL_DAMAGED', {
    message: `The speech model ${model.spec.title} is damaged or is no model of whisper.cpp.`,
    hint: `Remove it and install it again: scenedex models remove ${model.spec.id}, then scenedex models install ${model.spec.id}.`,
    cause,
  })
}

export function saysModelIsDamaged(line: string): boolean {
  return REFUSED.test(line)
}

async function firstBytes(file: string): Promise<Buffer> {
  await using handle = await open(file, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
  return buffer.subarray(0, bytesRead)
}

/** The one file of the model, looked at. Throws MODEL_DAMAGED where it is missing, unreadable or something else. */
export async function modelFile(model: InstalledModel): Promise<string> {
  const name = model.variant.roles.model ?? model.variant.files[0]?.path
  if (name === undefined) throw modelDamaged(model)
  const file = path.join(model.folder, name)
  const begins = await firstBytes(file).catch((cause: unknown) => { throw modelDamaged(model, cause) })
  if (!begins.equals(MAGIC)) throw modelDamaged(model)
  return file
}
