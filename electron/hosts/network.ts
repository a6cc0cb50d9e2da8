import http from 'node:http'
import { AppError } from '../core/errors.ts'
import type { Network, NetworkAnswer } from '../core/ports.ts'
import { networkFailed } from './network-errors.ts'

/**
 * From now on requests of this process go through the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
 * Node asks it only where it is told to; since 24.14 that can be done from inside. Throws NETWORK_FAILED for an address that is none.
 */
function useProxyOfEnvironment(): void {
  // In an older Node, which has no such call, only its own switch does it: NODE_USE_ENV_PROXY=1.
  if (!('setGlobalProxyFromEnv' in http)) return
  try {
    http.setGlobalProxyFromEnv()
  } catch (cause) {
    throw new AppError('NETWORK_FAILED', { message: 'The address of the proxy is none.', hint: 'Check HTTPS_PROXY and HTTP_PROXY: http://host:port.', cause })
  }
}

/** The address without name and password, which fetch refuses to see there, and what says them instead. */
function withoutPassword(address: string): { url: URL, credentials: Record<string, string> } {
  const url = new URL(address)
  if (url.username === '' && url.password === '') return { url, credentials: {} }
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  return { url, credentials: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
}

async function* bodyOf(response: Response, url: URL, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (response.body === null) return
  try {
    for await (const bytes of response.body) yield bytes
  } catch (error) {
    signal.throwIfAborted()
    throw networkFailed(error, url)
  }
}

/** The network as Node's fetch gives it: no cookies, nothing packed, nothing followed. */
export function createNetwork(version: string): Network {
  let proxy: 'not asked' | 'set' = 'not asked'
  return {
    request: async (address, { method, headers, signal }): Promise<NetworkAnswer> => {
      if (proxy === 'not asked') useProxyOfEnvironment()
      proxy = 'set'
      const { url, credentials } = withoutPassword(address)
      // With a range fetch asks for nothing packed by itself, and would say it twice.
      const unpacked = 'range' in headers ? {} : { 'accept-encoding': 'identity' }
      const asked = { 'user-agent': `Scenedex/${version}`, ...unpacked, ...credentials, ...headers }
      try {
        const response = await fetch(url, { method, headers: asked, signal, redirect: 'manual', credentials: 'omit', cache: 'no-store' })
        return { status: response.status, url: url.href, headers: Object.fromEntries(response.headers), body: bodyOf(response, url, signal) }
      } catch (error) {
        signal.throwIfAborted()
        throw networkFailed(error, url)
      }
    },
  }
}
