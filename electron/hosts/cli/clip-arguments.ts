import { Option } from 'commander'
import type { Command } from 'commander'
import type { ClipSource } from '../../contract/exports.ts'
import type { SceneId } from '../../contract/ids.ts'
import type { SearchHit } from '../../contract/search.ts'
import type { TrayClip } from '../../contract/tray.ts'
import { AppError } from '../../core/errors.ts'
import type { Client } from '../../rpc/client.ts'
import { sceneIds, seconds, videoRef, wholeNumber } from './arguments.ts'

/** Which clips a command is about. */
export interface ClipOptions { scene?: SceneId[], clip?: string[], tray?: boolean, search?: string, limit: number }

/** Adds the options that say which clips. */
export function withClipOptions(command: Command): Command {
  return command
    .option('--scene <id...>', 'scenes by their numbers', sceneIds)
    .option('--clip <video start end...>', 'a span of a video; times as 12.5, 2:03.4 or 1:02:03; may be given again')
    .option('--tray', 'the clips that were gathered in the tray')
    .option('--search <query>', 'the best hits of a search')
    .addOption(new Option('--limit <number>', 'with --search: at most so many').argParser(wholeNumber(200)).default(10))
}

const PARTS = 3

async function spansOf(client: Client, given: string[]): Promise<ClipSource[]> {
  const spans: ClipSource[] = []
  for (let at = 0; at < given.length; at += PARTS) {
    const [video = '', start = '', end = ''] = given.slice(at, at + PARTS)
    const found = await client.call('library.scenes', { video: videoRef(video) })
    spans.push({ kind: 'span', videoId: found.video.id, start: seconds(start), end: seconds(end) })
  }
  return spans
}

function fromTray({ videoId, start, end, title, query, note, framing }: TrayClip): ClipSource {
  return {
    kind: 'span', videoId, start, end, title,
    ...query === null ? {} : { query }, ...note === null ? {} : { note }, ...framing === null ? {} : { framing },
  }
}

// As long as a note of a clip may be.
const LONGEST_NOTE = 2000

function fromHit({ videoId, start, end, reasons }: SearchHit, query: string): ClipSource {
  const note = reasons.map(({ kind, text }) => `${kind}: ${text}`).join('; ')
  return { kind: 'span', videoId, start, end, query: query.slice(0, 1000), ...note === '' ? {} : { note: note.slice(0, LONGEST_NOTE) } }
}

async function trayClips(client: Client): Promise<ClipSource[]> {
  const { clips } = await client.call('tray.list', {})
  if (clips.length === 0) throw new AppError('NOTHING_TO_DO', { message: 'The tray is empty.', hint: 'Gather clips in the window first, or name them with --clip or --search.' })
  return clips.map(fromTray)
}

async function foundClips(client: Client, { search = '', limit, signal }: Pick<ClipOptions, 'search' | 'limit'> & { signal: AbortSignal }): Promise<ClipSource[]> {
  const { hits } = await client.call('search.query', { query: search, limit }, signal)
  if (hits.length === 0) throw new AppError('NOTHING_TO_DO', { message: `Nothing good found for "${search}".`, hint: 'Look at what is near with: scenedex search' })
  return hits.map((hit) => fromHit(hit, search))
}

/** Throws USAGE where no clips are named, half of one, or one with a time that is none, before a library is opened. */
export function refuseNoClips({ scene, clip, tray, search }: Omit<ClipOptions, 'limit'>): void {
  if (clip !== undefined && clip.length % PARTS !== 0) throw new AppError('USAGE', { message: '--clip takes a video, a start and an end.', hint: 'For example: --clip holiday.mp4 1:10 1:25.5' })
  for (const [at, text] of (clip ?? []).entries()) if (at % PARTS !== 0) seconds(text)
  if (scene !== undefined || clip !== undefined || tray === true || search !== undefined) return
  throw new AppError('USAGE', { message: 'Say what to export: --scene ID..., --clip VIDEO START END, --tray or --search QUERY.' })
}

/** The clips that the options name, in the order: scenes, spans, tray, hits. Throws USAGE, and NOTHING_TO_DO for an empty tray or a search that finds nothing. */
export async function clipsOf(options: ClipOptions, { client, signal }: { client: Client, signal: AbortSignal }): Promise<ClipSource[]> {
  return [
    ...(options.scene ?? []).map((sceneId): ClipSource => ({ kind: 'scene', sceneId })),
    ...await spansOf(client, options.clip ?? []),
    ...options.tray === true ? await trayClips(client) : [],
    ...options.search === undefined ? [] : await foundClips(client, { search: options.search, limit: options.limit, signal }),
  ]
}
