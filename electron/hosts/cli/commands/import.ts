import type { Command } from 'commander'
import type { Client } from '../../../rpc/client.ts'
import type { ImportReport, Refusal, Video } from '../../../contract/videos.ts'
import { RefusalCode } from '../../../contract/errors.ts'
import type { VideoId } from '../../../contract/ids.ts'
import type { AddCommand } from '../add-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { printable } from '../output/text.ts'
import type { CommonOptions, Session } from '../session.ts'
import { withSession } from '../session.ts'

interface ImportOptions extends CommonOptions { wait?: boolean, fast?: boolean }

// What is refused only when it is looked into ends as a state of the video; for who reads the report it is one list.
function refusedLater(videos: Video[]): Refusal[] {
  return videos.flatMap((video) => {
    const code = RefusalCode.safeParse(video.error?.code)
    if (video.state !== 'refused' || !code.success) return []
    return [{ path: video.path, code: code.data, message: video.error?.message ?? '', hint: video.error?.hint ?? '' }]
  })
}

async function videosOf(client: Client, report: ImportReport): Promise<Video[]> {
  const ids = new Set([...report.added, ...report.known, ...report.moved].map(({ id }) => id))
  const { videos } = await client.call('library.list', {})
  return videos.filter(({ id }) => ids.has(id))
}

const ELSEWHERE = 'Another Scenedex is at work on this library and does it. See: scenedex jobs'
const PAUSED = 'The queue is paused. Go on with: scenedex jobs resume'
const FIRST_LOOK = 'This was a first look. For every cut: scenedex jobs resume'

interface Shown { isQueued: boolean, isPaused: boolean, isWatched: boolean }

function lastWords(videos: Video[], shown: Shown): string[] {
  if (shown.isQueued) return [ELSEWHERE]
  if (shown.isPaused) return [PAUSED]
  return videos.some(({ badges }) => badges.includes('FIRST_LOOK')) ? [FIRST_LOOK] : []
}

function summary(report: ImportReport, videos: Video[], shown: Shown): string {
  const count = (text: string, amount: number): string[] => amount === 0 ? [] : [`${String(amount)} ${text}`]
  const failed = videos.filter(({ state }) => state === 'failed')
  const parts = [
    ...count('added', report.added.length - refusedLater(videos).filter(({ path }) => report.added.some((added) => added.path === path)).length),
    ...count('already there', report.known.length), ...count('found again after a move', report.moved.length),
    ...count('refused', report.refused.length), ...count('failed', failed.length),
  ]
  const lines = shown.isWatched ? [] : report.refused.map(({ code, message, hint }) => `refused  ${code}  ${printable(message)} ${hint}`.trimEnd())
  const ignored = report.ignored === 0 ? '' : report.ignored === 1 ? ' 1 other file passed over.' : ` ${report.ignored} other files passed over.`
  return [...lines, `${parts.length === 0 ? 'No videos found' : parts.join(', ')}.${ignored}`, ...lastWords(videos, shown)].join('\n')
}

function codeFor(report: ImportReport, videos: Video[]): ExitCode {
  if (videos.some(({ state }) => state === 'failed')) return exitCodes.failed
  const foundNone = report.added.length + report.known.length + report.moved.length === 0
  return report.refused.length > 0 || foundNone ? exitCodes.someRefused : exitCodes.done
}

// What another process has added meanwhile was promised to be done by this one.
async function finish({ client, signal }: Pick<Session, 'client' | 'signal'>, wanted: VideoId[], until: 'done' | 'first-look'): Promise<void> {
  const own = Math.max(...wanted)
  for (let left = wanted; left.length > 0;) {
    await client.call('jobs.idle', { videos: left, until }, signal)
    const { videos } = await client.call('library.list', {}, signal)
    const later = videos.filter(({ id, state, stages }) => id > own && (state === 'queued' || state === 'processing') && !stages.some((stage) => stage.state === 'paused'))
    left = later.map(({ id }) => id)
  }
}

async function runImport(paths: string[], options: ImportOptions): Promise<ExitCode> {
  return withSession(options, 'write', async ({ client, signal, answer, isWatched }) => {
    const first = await client.call('library.import', { paths, fast: options.fast ?? false }, signal)
    const wanted = [...first.added, ...first.known, ...first.moved].map(({ id }) => id)
    const { workedOnElsewhere, paused: isPaused } = await client.call('jobs.overview', {})
    const isQueued = workedOnElsewhere && options.wait !== true
    const until = options.fast === true && options.wait !== true ? 'first-look' : 'done'
    if (!isQueued && wanted.length > 0) await finish({ client, signal }, wanted, until)
    const videos = await videosOf(client, first)
    const report = { ...first, refused: [...first.refused, ...refusedLater(videos)] }
    answer(report, () => summary(report, videos, { isQueued, isPaused, isWatched }))
    return codeFor(report, videos)
  })
}

export const importCommand: AddCommand = (parent: Command, finish) => parent.command('import')
  .description('Takes videos into the library: files, or folders with all in them. The originals are never changed.')
  .argument('<path...>', 'files or folders')
  .option('--fast', 'a first look at key frames only, many times faster; every cut is found later: "scenedex jobs resume"')
  .option('--wait', 'until everything is done: the full look after a first one, and what another Scenedex does that is at work here')
  .addHelpText('after', `
Stopped with Ctrl-C or by a crash, it goes on where it was: run it again, or "scenedex jobs resume".

Examples:
  scenedex import holiday.mp4
  scenedex import ~/Videos --fast
  scenedex import clip.mov talk.mkv --library ./project --json`)
  .action(async (paths: string[], options: ImportOptions) => { finish(await runImport(paths, options)) })
