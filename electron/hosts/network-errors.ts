import { AppError } from '../core/errors.ts'

interface Cause { code: string, message: string }

/** The innermost error that has a code: fetch hides it behind "fetch failed". */
function causeOf(error: unknown): Cause {
  let found: Cause = { code: '', message: error instanceof Error ? error.message : String(error) }
  for (let inner = error; inner instanceof Error; inner = inner instanceof AggregateError ? inner.errors[0] : inner.cause) {
    found = { code: 'code' in inner && typeof inner.code === 'string' ? inner.code : found.code, message: inner.message }
  }
  return found
}

const CHECK_CONNECTION = 'Check the connection to the internet and try again.'

interface Reason { codes: RegExp, says: (host: string) => string, hint: string }

// Codes of libuv, OpenSSL and undici, which is what fetch is made of.
const REASONS: Reason[] = [
  { codes: /^(ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_FAIL)$/, says: (host) => `${host} was not found: there is no network, or no name server that knows it.`, hint: CHECK_CONNECTION },
  { codes: /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/, says: (host) => `There is no way to ${host}: this machine has no network.`, hint: CHECK_CONNECTION },
  { codes: /^ECONNREFUSED$/, says: (host) => `${host} takes no connections.`, hint: 'Check the address of the mirror or proxy if one is set, or try again later.' },
  { codes: /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNABORTED)$/, says: (host) => `The connection to ${host} was cut.`, hint: 'Try again: what was fetched is kept.' },
  { codes: /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, says: (host) => `${host} did not answer in time.`, hint: CHECK_CONNECTION },
  {
    codes: /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/, says: (host) => `${host} could not prove who it is: its certificate was not accepted.`,
    hint: 'Check the clock of this machine. Where a company looks into connections, name its certificate in NODE_EXTRA_CA_CERTS.',
  },
]

const PROXY_REASON: Reason = {
  codes: /./, says: (host) => `The proxy does not let this machine through to ${host}.`,
  hint: 'Check HTTPS_PROXY: a proxy that wants a name and a password gets them as http://name:password@host:port.',
}

/** What a failed request says to a person: NETWORK_FAILED, with what they can do. */
export function networkFailed(error: unknown, url: URL): AppError {
  const { code, message } = causeOf(error)
  // undici has no code for a proxy that refuses a tunnel.
  const isProxy = /proxy response \(\d+\)|\b407\b|proxy auth/i.test(message)
  const reason = isProxy ? PROXY_REASON : REASONS.find(({ codes }) => codes.test(code))
  return new AppError('NETWORK_FAILED', {
    message: reason?.says(url.host) ?? `${url.host} could not be asked: ${message === '' ? code : message}.`,
    hint: reason?.hint ?? CHECK_CONNECTION, cause: error,
  })
}
