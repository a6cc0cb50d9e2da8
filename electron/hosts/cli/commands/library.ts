import type { Video } from '../../../contract/videos.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { columns, percentText, printable, timeText } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

function stageText(video: Video): string {
  return video.stages
    .filter(({ name }) => name !== 'probe')
    .map(({ name, state, progress }) => {
      switch (state) {
        case 'done': return `${name} 100 %`
        case 'skipped': return `${name} none`
        case 'pending':
        case 'running':
        case 'paused': return `${name} ${percentText(progress)}`
        case 'failed':
        case 'quarantined':
        case 'cancelled': return `${name} ${state}`
      }
    })
    .join(', ')
}

// Most videos lack the same things: why is said once.
function notes(videos: Video[]): string[] {
  const reasons = videos.flatMap(({ stages }) => stages.flatMap(({ name, state, note }) => state === 'skipped' && note !== null ? [`${name} none: ${note}`] : []))
  return [...new Set(reasons)]
}

/** Videos as a table, with what went wrong below the row it belongs to. */
function libraryText(videos: Video[]): string {
  if (videos.length === 0) return 'The library is empty. Add videos with: scenedex import PATH'
  const table = columns([['ID', 'STATE', 'LENGTH', 'TITLE', 'STAGES'], ...videos.map((video) => [
    String(video.id), video.state, video.duration === null ? '?' : timeText(video.duration), printable(video.title),
    [...video.badges, stageText(video)].filter(Boolean).join('  '),
  ])]).split('\n')
  const rows = videos.map((video, index) => {
    const error = video.error === null ? [] : [`      ${video.error.code}: ${printable(video.error.message)} ${video.error.hint}`.trimEnd()]
    return [table[index + 1] ?? '', ...error].join('\n')
  })
  return [table[0], ...rows, ...notes(videos)].join('\n')
}

export const libraryCommand: AddCommand = (parent, finish) => parent.command('library')
  .description('Lists the videos with their state and how much of each is worked through.')
  .addHelpText('after', `
Examples:
  scenedex library
  scenedex library --json --library ./project`)
  .action(async (options: CommonOptions) => {
    await withSession(options, 'read', async ({ client, signal, answer }) => {
      const list = await client.call('library.list', {}, signal)
      answer(list, () => libraryText(list.videos))
    })
    finish(exitCodes.done)
  })
