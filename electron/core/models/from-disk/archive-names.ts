import { isInnerPath } from '../inner-path.ts'
import { unsafe } from '../model-errors.ts'

// What a model may consist of. Anything else in an archive, pictures and pages and weights in other forms, is left where it is.
const OF_A_MODEL = /\.(json|txt|model|onnx|onnx_data(_\d+)?|data|bin)$/i

/**
 * Where a file of an archive belongs; null for one that no model needs. Throws MODEL_DAMAGED for a name that leads out of the folder: no honest program writes
 * such an archive.
 */
export function placeOf(name: string): string | null {
  const parts = name.replace(/^(\.\/)+/, '').split('/')
  const inner = parts.join('/')
  if (parts.includes('..') || inner.startsWith('/') || /[\\:\0]/.test(inner)) throw unsafe(`the archive has a file "${name}"`)
  if (inner === '' || inner.endsWith('/') || parts.some((part) => part.startsWith('.') || part === '__MACOSX')) return null
  if (!OF_A_MODEL.test(inner)) return null
  if (!isInnerPath(inner)) throw unsafe(`the archive has a file "${name}"`)
  return inner
}
