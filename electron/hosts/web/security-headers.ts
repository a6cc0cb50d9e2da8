import { pageHeaders } from '../page-headers.ts'
import { hostsOf } from './request-gate.ts'

/** What every answer of the server says to the browser. */
export function securityHeaders(port: number): Record<string, string> {
  // By the letter 'self' means no WebSocket in older browsers.
  return { ...pageHeaders(hostsOf(port).map((host) => `ws://${host}`)), 'x-frame-options': 'DENY' }
}
