import { videoRef } from '../arguments.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { printable } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

export const removeCommand: AddCommand = (parent, finish) => parent.command('remove')
  .description('Takes a video out of the library with all that was found in it. The video file itself stays where it is.')
  .argument('<video>', 'its number in the library, its path, or a part of its title')
  .addHelpText('after', `
Examples:
  scenedex remove 3
  scenedex remove holiday.mp4 --json`)
  .action(async (video: string, options: CommonOptions) => {
    await withSession(options, 'write', async ({ client, signal, answer }) => {
      const { removed, freedBytes } = await client.call('library.remove', { video: videoRef(video) }, signal)
      answer({ removed, freedBytes }, () => `Removed "${printable(removed.title)}" from the library; its file is still at ${printable(removed.path)}.`)
    })
    finish(exitCodes.done)
  })
