import { AppError } from '../../errors.ts'
import type { Outgoing, OutgoingAnswer } from '../../network/outgoing.ts'
import { letGo } from '../../network/outgoing.ts'
import type { Errand } from '../../network/request-log.ts'
import { PassingFailure } from './fetch-errors.ts'
import { stallWatch } from './retries.ts'

/** What the hub itself says of a file. */
export interface Published {
  sha256: string | null
  /** The name that git gives to its content: for small files the hub has no other. */
  gitName: string | null
  bytes: number | null
}

export const NOTHING: Published = { sha256: null, gitName: null, bytes: null }

function wordOf(header: string | undefined): string {
  return (header ?? '').replace(/^W\//, '').replace(/^"|"$/g, '')
}

function lengthOf(...said: (string | undefined)[]): number | null {
  const length = Number(said.find((one) => one !== undefined))
  return Number.isInteger(length) && length > 0 ? length : null
}

/**
 * Reads what the hub says of a file: in `x-linked-etag` the SHA-256 and in `x-linked-size` the length of a large one, in `etag` the name that git has for a small one
 * (https://github.com/huggingface/huggingface_hub, get_hf_file_metadata). Other servers have other ETags: those are believed only when they can be nothing else.
 */
export function publishedIn(way: OutgoingAnswer['way']): Published {
  const last = way.at(-1)
  const isHub = ({ headers }: OutgoingAnswer['way'][number]): boolean => 'x-linked-etag' in headers || 'x-repo-commit' in headers
  const hub = way.find(isHub) ?? last
  if (hub === undefined || last === undefined || hub.status >= 400) return NOTHING
  const names = [wordOf(hub.headers['x-linked-etag']), wordOf(hub.headers['etag'])]
  return {
    sha256: names.find((name) => /^[0-9a-f]{64}$/.test(name)) ?? null,
    gitName: isHub(hub) ? names.find((name) => /^[0-9a-f]{40}$/.test(name)) ?? null : null,
    bytes: lengthOf(hub.headers['x-linked-size'], last.status === 200 ? last.headers['content-length'] : undefined),
  }
}

/** What one knows and the other does not. */
export function both(one: Published, other: Published): Published {
  return { sha256: one.sha256 ?? other.sha256, gitName: one.gitName ?? other.gitName, bytes: one.bytes ?? other.bytes }
}

const isNamed = ({ sha256, gitName }: Published): boolean => sha256 !== null || gitName !== null

interface Inquiry { errand: Errand, stallMs: number, signal: AbortSignal }

/**
 * Asks for what is published of a file, without the file: one address after the other, until one names its content. Nothing where none does.
 * Who says nothing for `stallMs` is not waited for. Throws NETWORK_OFF.
 */
export async function askPublished(outgoing: Outgoing, urls: readonly string[], { errand, stallMs, signal }: Inquiry): Promise<Published> {
  let known = NOTHING
  for (const url of urls) {
    const watch = stallWatch(signal, { stallMs, what: new URL(url).host })
    try {
      const answer = await outgoing.ask(url, { method: 'HEAD', headers: {}, errand, signal: watch.signal })
      await letGo(answer.body)
      // Where the hub sends on to may know no HEAD: what the hub itself has said holds.
      known = both(known, publishedIn(answer.way))
      if (isNamed(known)) return known
    } catch (error) {
      signal.throwIfAborted()
      // The file itself is asked for next, with more patience, and then it is said.
      if (!(error instanceof PassingFailure) && !(error instanceof AppError && error.code === 'NETWORK_FAILED')) throw error
    } finally {
      watch.end()
    }
  }
  return known
}
