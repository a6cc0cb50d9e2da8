import { AppError } from '../../electron/core/errors.ts'
import type { ModelSpec } from '../../electron/core/models/model-spec.ts'

/** Files that are not what the description of the model says. `what` is a clause: "its vectors have 50 numbers". */
export function damaged({ id }: Pick<ModelSpec, 'id'>, what: string, cause?: unknown): AppError {
  return new AppError('MODEL_DAMAGED', { message: `The model ${id} can not be used: ${what}.`, hint: 'Check its files, or install it again.', cause })
}

/** Files that are not there, or work that this model does not do. */
export function missing({ id }: Pick<ModelSpec, 'id'>, what: string, cause?: unknown): AppError {
  return new AppError('MODEL_MISSING', { message: `The model ${id} can not be used: ${what}.`, hint: 'Install it again, or choose another one.', cause })
}
