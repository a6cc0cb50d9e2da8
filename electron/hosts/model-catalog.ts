import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../core/errors.ts'
import { readCatalog } from '../core/models/catalog.ts'
import type { Catalog } from '../core/models/model-spec.ts'
import shipped from '../../resources/models.json' with { type: 'json' }

function readOwn(file: string): Catalog {
  try {
    return readCatalog(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : String(cause)
    throw new AppError('USAGE', { message: `The catalog of models "${file}" can not be used: ${why}.`, hint: 'SCENEDEX_MODEL_CATALOG names it: mend the file, or leave the variable out.', cause })
  }
}

/**
 * The models that can be had: those of the app, or of the file that SCENEDEX_MODEL_CATALOG names, for who keeps models of their own. Throws USAGE for such
 * a file that is not there or breaks the rules of a catalog.
 */
export function modelCatalog(own = process.env['SCENEDEX_MODEL_CATALOG']): Catalog {
  return own === undefined || own === '' ? readCatalog(shipped) : readOwn(own)
}
