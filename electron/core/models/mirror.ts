import { AppError } from '../errors.ts'

/**
 * The address that is asked in the place of the hub: the one of the settings, else the one of SCENEDEX_MODEL_MIRROR; null for none. Throws USAGE where
 * the variable has something else in it.
 */
export function mirrorFrom(setting: string | null, variable: string | undefined): string | null {
  if (setting !== null) return setting
  if (variable === undefined || variable === '') return null
  const url = URL.parse(variable)
  if (url !== null && /^https?:$/.test(url.protocol)) return variable
  throw new AppError('USAGE', { message: `"${variable}" in SCENEDEX_MODEL_MIRROR is no address of a mirror.`, hint: 'It begins with https:// or http://, or is left empty.' })
}
