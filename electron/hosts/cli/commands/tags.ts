import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { printable } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

export const tagsCommand: AddCommand = (parent, finish) => parent.command('tags')
  .description('Lists the labels that pictures are compared with: what tag: can find.')
  .addHelpText('after', `
Examples:
  scenedex tags
  scenedex search tag:beach`)
  .action(async (options: CommonOptions) => {
    await withSession(options, 'read', async ({ client, signal, answer }) => {
      const found = await client.call('tags.labels', {}, signal)
      answer(found, () => found.labels.map(printable).join('\n'))
    })
    finish(exitCodes.done)
  })
