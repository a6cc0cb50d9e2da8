import { AppError } from '../errors.ts'

/** The error for files of a model that are not what they should be. */
export function damaged(message: string, hint = 'Install the model again.', cause?: unknown): AppError {
  return new AppError('MODEL_DAMAGED', { message, hint, cause })
}

/** The error for files that would reach outside the model's own folder. */
export function unsafe(what: string): AppError {
  return damaged(`The model is unsafe: ${what}.`, 'Nothing of it is opened. Take the model from where its makers publish it.')
}
