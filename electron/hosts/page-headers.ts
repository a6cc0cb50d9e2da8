/**
 * What every answer says to the page, in a window as in a browser: nothing from elsewhere, nothing to elsewhere, in no frame.
 * `sockets` are the addresses that it may open besides its own.
 */
export function pageHeaders(sockets: readonly string[] = []): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' blob: data:", "media-src 'self' blob:",
      ["connect-src 'self'", ...sockets].join(' '), "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=(), display-capture=()',
  }
}
