import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'

const notYet = async (): Promise<never> => { throw new AppError('INTERNAL', { message: 'This is not there yet.' }) }

/** To be emptied, call by call, and then deleted. */
export const notThereYet = {
  'models.overview': notYet,
  'jobs.power': notYet,
} satisfies Partial<Handlers>
