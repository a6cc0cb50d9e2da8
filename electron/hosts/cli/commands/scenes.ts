import type { Scene, ScenesOfVideo } from '../../../contract/videos.ts'
import { videoRef } from '../arguments.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { columns, fit, percentText, printable, timeText } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

const TAGS_COLUMNS = 40
const SAID_COLUMNS = 72

function look(scene: Scene): string {
  return scene.colours.map(({ name, share }) => `${name} ${percentText(share)}`).join(', ')
}

function tags(scene: Scene): string {
  return fit(scene.tags.map(({ name }) => printable(name)).join(', '), TAGS_COLUMNS)
}

function said(scene: Scene): string {
  return fit(printable(scene.said.map(({ text }) => text).join(' ')), SAID_COLUMNS)
}

function scenesText({ video, shots, scenes }: ScenesOfVideo): string {
  const head = `${printable(video.title)}: ${String(shots.length)} shots, ${String(scenes.length)} scenes`
  if (scenes.length === 0) return `${head}. Nothing found yet: ${video.state}.`
  return [head, columns([['SCENE', 'FROM', 'TO', 'COLOURS', 'TAGS', 'SAID'], ...scenes.map((scene) => [
    String(scene.id), timeText(scene.start), timeText(scene.end), look(scene), tags(scene), said(scene),
  ])])].join('\n')
}

export const scenesCommand: AddCommand = (parent, finish) => parent.command('scenes')
  .description('Lists the scenes of one video with their times and what was found in them.')
  .argument('<video>', 'its number in the library, its path, or a part of its title')
  .addHelpText('after', `
Examples:
  scenedex scenes 3
  scenedex scenes holiday.mp4 --json`)
  .action(async (video: string, options: CommonOptions) => {
    await withSession(options, 'read', async ({ client, signal, answer }) => {
      const answered = await client.call('library.scenes', { video: videoRef(video) }, signal)
      answer(answered, () => scenesText(answered))
    })
    finish(exitCodes.done)
  })
