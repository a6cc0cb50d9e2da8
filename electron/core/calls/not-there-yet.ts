import { AppError } from '../errors.ts'
import type { Handlers } from '../handlers.ts'

const notYet = async (): Promise<never> => { throw new AppError('INTERNAL', { message: 'This is not there yet.' }) }

/** To be emptied, call by call, and then deleted. */
export const notThereYet = {
  'library.restore': notYet, 'library.removed': notYet, 'library.cards': notYet, 'library.frames': notYet, 'library.details': notYet,
  'library.facts': notYet, 'library.addSample': notYet, 'search.similar': notYet,
  'searches.list': notYet, 'searches.save': notYet, 'searches.forget': notYet, 'searches.used': notYet, 'searches.clearRecent': notYet,
  'player.proxy': notYet,
  'tray.list': notYet, 'tray.add': notYet, 'tray.change': notYet, 'tray.order': notYet, 'tray.remove': notYet,
  'settings.get': notYet, 'settings.change': notYet, 'models.overview': notYet, 'network.log': notYet,
  'media.locate': notYet, 'export.plan': notYet, 'jobs.power': notYet,
} satisfies Partial<Handlers>
