import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'

const notYet = async (): Promise<never> => { throw new AppError('INTERNAL', { message: 'This is not there yet.' }) }

/** To be emptied, call by call, and then deleted. */
export const notThereYet = {
  'library.restore': notYet, 'library.removed': notYet,
  'search.similar': notYet,
  'searches.list': notYet, 'searches.save': notYet, 'searches.forget': notYet, 'searches.used': notYet, 'searches.clearRecent': notYet,
  'models.overview': notYet,
  'export.plan': notYet, 'jobs.power': notYet,
} satisfies Partial<Handlers>
