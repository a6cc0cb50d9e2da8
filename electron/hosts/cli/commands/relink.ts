import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { printable } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

export const relinkCommand: AddCommand = (parent, finish) => parent.command('relink')
  .description('Finds videos again whose files were moved or renamed, by their content.')
  .argument('[path]', 'where to look; without it, where the library\'s other videos are')
  .addHelpText('after', `
Examples:
  scenedex relink
  scenedex relink /media/new-drive`)
  .action(async (path: string | undefined, options: CommonOptions) => {
    const isAllFound = await withSession(options, 'write', async ({ client, signal, answer }) => {
      const found = await client.call('library.relink', { path: path ?? null }, signal)
      answer(found, () => [
        ...found.relinked.map(({ id, to }) => `found    ${String(id)}  ${printable(to)}`),
        ...found.stillMissing.map((video) => `missing  ${String(video.id)}  ${printable(video.path)}`),
        found.relinked.length + found.stillMissing.length === 0 ? 'No video is missing.' : `${String(found.relinked.length)} found, ${String(found.stillMissing.length)} still missing.`,
      ].join('\n'))
      return found.stillMissing.length === 0
    })
    finish(isAllFound ? exitCodes.done : exitCodes.someRefused)
  })
