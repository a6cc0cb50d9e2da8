import type { Handlers } from '../handlers.ts'
import { modelsOverview } from '../models/overview.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

/** What may be installed beside the app. */
export function modelsCalls(context: AppContext): Pick<Handlers, 'models.overview'> {
  return {
    'models.overview': async () => modelsOverview(context.tools.models, readable(context).paths.models),
  }
}
