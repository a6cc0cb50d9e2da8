import type { DoctorReport } from '../../../contract/doctor.ts'
import { AppError } from '../../../core/errors.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { columns } from '../output/text.ts'
import type { CommonOptions, Session } from '../session.ts'
import { withSession } from '../session.ts'

const marks = { ok: 'ok', optional: 'optional', missing: 'MISSING', broken: 'BROKEN' } as const

function doctorText({ healthy, lines }: DoctorReport): string {
  const table = columns(lines.map(({ name, state, found, hint }) => [name, marks[state], [found, hint].filter(Boolean).join('. ')]))
  return `${table}\n${healthy ? 'All that is needed is here.' : 'Something needed is missing or broken: see above.'}`
}

/** With the library where it can be read: it knows which models the person has chosen. Without it all else is examined. */
async function examined(options: CommonOptions): Promise<boolean> {
  const examine = async ({ client, signal, answer }: Session): Promise<boolean> => {
    const report = await client.call('doctor', {}, signal)
    answer(report, () => doctorText(report))
    return report.healthy
  }
  try {
    return await withSession(options, 'read', examine)
  } catch (error) {
    if (!(error instanceof AppError) || !(error.code === 'USAGE' || error.code.startsWith('LIBRARY_'))) throw error
    return withSession(options, 'none', examine)
  }
}

export const doctorCommand: AddCommand = (parent, finish) => parent.command('doctor')
  .description('Says what is here, what is missing and what to do about it. Changes nothing.')
  .addHelpText('after', `
Examples:
  scenedex doctor
  scenedex doctor --json`)
  .action(async (options: CommonOptions) => {
    const isHealthy = await examined(options)
    finish(isHealthy ? exitCodes.done : exitCodes.toolMissing)
  })
