import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** 256 random bits that open something. */
export interface Secret { text: string, fits(given: string | null | undefined): boolean }

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A new secret. What is held against it takes the same time however much of it is right, and however long it is. */
export function createSecret(): Secret {
  const text = randomBytes(32).toString('hex')
  const expected = digest(text)
  return { text, fits: (given) => timingSafeEqual(digest(given ?? ''), expected) }
}

/** The names under which this server may be asked for; any other is a page of somebody else that leads here (DNS rebinding). */
export function hostsOf(port: number): readonly string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

// Node keeps the first of two Host headers and drops the second in silence.
function hostOf(request: IncomingMessage): string | null {
  const given = request.headersDistinct['host']
  return given?.length === 1 ? given[0] ?? null : null
}

/** True when the request names this server and, where it says so, comes from a page of this server. */
export function isFromHere(request: IncomingMessage, port: number, { needsOrigin }: { needsOrigin: boolean }): boolean {
  const host = hostOf(request)
  if (host === null || !hostsOf(port).includes(host)) return false
  const { origin } = request.headers
  if (origin === undefined) return !needsOrigin
  return origin === `http://${host}`
}

/** True unless a browser says that another site asks for it. */
export function isSameSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}
