import type { JobsOverview } from '../../../contract/jobs.ts'
import { JobAction } from '../../../contract/jobs.ts'
import { AppError } from '../../../core/errors.ts'
import { videoRef } from '../arguments.ts'
import type { AddCommand } from '../add-command.ts'
import type { ExitCode } from '../exit-codes.ts'
import { exitCodes } from '../exit-codes.ts'
import { columns, etaText, percentText, printable } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

function jobsText(jobs: JobsOverview): string {
  const open = jobs.videos.filter(({ state }) => state !== 'ready' || jobs.working)
  const eta = jobs.etaSeconds === null ? '' : `, ${etaText(jobs.etaSeconds)} left`
  const head = jobs.paused ? 'Paused. Go on with: scenedex jobs resume' : `${percentText(jobs.progress)} done${eta}${jobs.working ? ', at work' : ''}`
  if (open.length === 0) return jobs.paused ? head : jobs.progress === 1 ? `Nothing to do. ${head}.` : `${head}. Go on with: scenedex jobs resume`
  return [head, columns([['ID', 'STATE', 'DONE', 'ETA', 'STAGE', 'TITLE'], ...open.map((video) => [
    String(video.videoId), video.paused ? 'paused' : video.state, percentText(video.progress),
    video.etaSeconds === null ? '' : etaText(video.etaSeconds), video.current ?? '', printable(video.title),
  ])])].join('\n')
}

function codeFor(jobs: JobsOverview): ExitCode {
  return jobs.videos.some(({ state }) => state === 'failed') ? exitCodes.failed : exitCodes.done
}

async function runJobs(actionText: string | undefined, video: string | undefined, options: CommonOptions): Promise<ExitCode> {
  const action = JobAction.optional().safeParse(actionText)
  if (!action.success) throw new AppError('USAGE', { message: `There is no job action "${actionText ?? ''}".`, hint: `It is one of: ${JobAction.options.join(', ')}.` })
  return withSession(options, action.data === undefined ? 'read' : 'write', async ({ client, signal, answer }) => {
    if (action.data === undefined) {
      const jobs = await client.call('jobs.overview', {}, signal)
      answer(jobs, () => jobsText(jobs))
      return exitCodes.done
    }
    const jobs = await client.call('jobs.control', { action: action.data, video: video === undefined ? null : videoRef(video) }, signal)
    // Without the app there is nobody else to do what was just let go on.
    const isForUs = (action.data === 'resume' || action.data === 'retry') && !jobs.workedOnElsewhere
    const after = isForUs ? await client.call('jobs.idle', { videos: [] }, signal) : jobs
    answer(after, () => jobsText(after))
    return isForUs ? codeFor(after) : exitCodes.done
  })
}

export const jobsCommand: AddCommand = (parent, finish) => parent.command('jobs')
  .description('Shows the work on the library, or pauses, resumes, cancels or retries it, or puts one video first.')
  .argument('[action]', JobAction.options.join(' | '))
  .argument('[video]', 'only this video: its number, its path, or a part of its title')
  .addHelpText('after', `
Examples:
  scenedex jobs
  scenedex jobs pause
  scenedex jobs resume
  scenedex jobs retry 3
  scenedex jobs first holiday`)
  .action(async (action: string | undefined, video: string | undefined, options: CommonOptions) => {
    finish(await runJobs(action, video, options))
  })
