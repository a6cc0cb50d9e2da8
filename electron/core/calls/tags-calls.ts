import type { TagLabels } from '../../contract/models.ts'
import type { Handlers } from '../handlers.ts'
import { keepLabels, ownLabels } from '../store/labels.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

/** The labels that the pictures of scenes are compared with. */
export function tagsCalls(context: AppContext): Pick<Handlers, 'tags.labels' | 'tags.setLabels'> {
  const current = (): TagLabels => {
    const own = ownLabels(readable(context).db)
    return { labels: own ?? [...context.tools.usualLabels], isOwn: own !== null }
  }
  return {
    'tags.labels': async () => current(),
    'tags.setLabels': async ({ labels }) => {
      const { library, engine } = writable(context)
      const wanted = labels === null ? null : [...new Set(labels.map((label) => label.trim().toLowerCase()).filter((label) => label !== ''))]
      library.keep(() => { keepLabels(library.db, wanted) })
      engine.again('tags')
      return current()
    },
  }
}
