import { readFileSync } from 'node:fs'
import { readCatalog } from '../core/models/catalog.ts'
import type { Catalog } from '../core/models/model-spec.ts'
import shipped from '../../resources/models.json' with { type: 'json' }

/**
 * The models that can be had: those of the app, or of the file that SCENEDEX_MODEL_CATALOG names, for who keeps models of their own.
 * Throws for a file that breaks the rules of a catalog.
 */
export function modelCatalog(): Catalog {
  const own = process.env['SCENEDEX_MODEL_CATALOG']
  return readCatalog(own === undefined || own === '' ? shipped : JSON.parse(readFileSync(own, 'utf8')) as unknown)
}
