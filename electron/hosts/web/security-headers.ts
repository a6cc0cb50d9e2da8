import { hostsOf } from './request-gate.ts'

/** What every answer says to the browser: nothing from elsewhere, nothing to elsewhere, in no frame. */
export function securityHeaders(port: number): Record<string, string> {
  // By the letter 'self' means no WebSocket in older browsers.
  const sockets = hostsOf(port).map((host) => `ws://${host}`).join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' blob: data:", "media-src 'self' blob:",
      `connect-src 'self' ${sockets}`, "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=(), display-capture=()',
  }
}
