import type { Locate } from '../located-media.ts'
import { locatedMedia } from '../located-media.ts'
import { mediaWish } from '../media-locator.ts'
import { pageHeaders } from '../page-headers.ts'
import type { StaticFile } from '../static-files.ts'

/**
 * Page and media come over a scheme of our own: no file:// with its rights over the whole disk, no server that others could ask.
 * One origin for both, so that a page may take a picture out of a video that it shows.
 */
export const APP_SCHEME = 'scenedex'
export const APP_ORIGIN = `${APP_SCHEME}://app`
export const PAGE_ADDRESS = `${APP_ORIGIN}/index.html`
export const MEDIA_BASE = '/media'

/** To be registered before Electron is ready. Without `stream` a player would load a whole film before it plays. */
export const privilegedScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
}

const headersOfAll = pageHeaders()

/** True for the address of our page, whatever place in it. */
export function isPageAddress(url: string): boolean {
  return url === PAGE_ADDRESS || url.startsWith(`${PAGE_ADDRESS}#`)
}

function empty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...headersOfAll, ...headers } })
}

/** The answer to a request of the page: one of its own files letter for letter, a medium by its number, or nothing. */
export function appSchemeHandler(files: ReadonlyMap<string, StaticFile>, locate: Locate): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return empty(405, { allow: 'GET, HEAD' })
    if (!request.url.startsWith(`${APP_ORIGIN}/`)) return empty(404)
    const address = request.url.slice(APP_ORIGIN.length)
    const file = files.get(address)
    if (file !== undefined) {
      const headers = { ...headersOfAll, 'content-type': file.contentType, 'content-length': String(file.bytes.length), 'cache-control': 'no-cache' }
      return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.bytes), { status: 200, headers })
    }
    const wish = address.startsWith(`${MEDIA_BASE}/`) ? mediaWish(address.slice(MEDIA_BASE.length)) : null
    if (wish === null) return empty(404)
    const { status, headers, body } = await locatedMedia(wish, { method: request.method, header: (name) => request.headers.get(name) }, locate)
    return new Response(body, { status, headers: { ...headersOfAll, ...headers } })
  }
}
