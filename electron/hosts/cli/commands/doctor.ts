import type { DoctorReport } from '../../../contract/doctor.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { columns } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

const marks = { ok: 'ok', optional: 'optional', missing: 'MISSING', broken: 'BROKEN' } as const

function doctorText({ healthy, lines }: DoctorReport): string {
  const table = columns(lines.map(({ name, state, found, hint }) => [name, marks[state], [found, hint].filter(Boolean).join('. ')]))
  return `${table}\n${healthy ? 'All that is needed is here.' : 'Something needed is missing or broken: see above.'}`
}

export const doctorCommand: AddCommand = (parent, finish) => parent.command('doctor')
  .description('Says what is here, what is missing and what to do about it. Changes nothing.')
  .addHelpText('after', `
Examples:
  scenedex doctor
  scenedex doctor --json`)
  .action(async (options: CommonOptions) => {
    const isHealthy = await withSession(options, 'none', async ({ client, signal, answer }) => {
      const report = await client.call('doctor', {}, signal)
      answer(report, () => doctorText(report))
      return report.healthy
    })
    finish(isHealthy ? exitCodes.done : exitCodes.toolMissing)
  })
