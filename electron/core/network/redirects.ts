import { AppError } from '../errors.ts'

export const MOST_REDIRECTS = 5

function refused(message: string): AppError {
  return new AppError('NETWORK_FAILED', { message, hint: 'The address may be wrong, or something between this machine and the server gives answers of its own.' })
}

/** Throws NETWORK_FAILED for an address that is not asked: only https, or http where the person has named that very host. */
export function checkAddress(url: URL, plainHosts: readonly string[]): void {
  if (url.protocol === 'https:') return
  if (url.protocol === 'http:' && plainHosts.includes(url.host)) return
  if (url.protocol !== 'http:') throw refused(`"${url.protocol}" is no address of the web: it is not asked.`)
  throw refused(`"${url.origin}" is not asked: what comes from there could be changed on the way.`)
}

/** Where an answer sends one to; null where it does not. Throws NETWORK_FAILED for a place that is not gone to. */
export function redirectOf(answer: { status: number, headers: Record<string, string> }, from: URL, plainHosts: readonly string[]): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return null
  const location = answer.headers['location']
  const to = location === undefined ? null : URL.parse(location, from.href)
  if (to === null) throw refused(`${from.host} sends elsewhere and does not say where.`)
  if (from.protocol === 'https:' && to.protocol === 'http:') throw refused(`${from.host} sends on to "${to.origin}", where anybody on the way could change what comes.`)
  checkAddress(to, plainHosts)
  return to
}

/** The error for one that is sent on and on. */
export function tooManyRedirects(url: URL): AppError {
  return refused(`${url.host} sends on from one address to the next without end.`)
}
