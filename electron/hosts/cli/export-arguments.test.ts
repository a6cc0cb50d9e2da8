import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { usualExportChoices } from '../../contract/export-choices.ts'
import type { ExportChoices } from '../../contract/export-choices.ts'
import { refuseNoClips } from './clip-arguments.ts'
import type { ChoiceOptions } from './export-arguments.ts'
import { choicesOf, withChoiceOptions } from './export-arguments.ts'

const chosen = (...args: string[]): ExportChoices =>
  choicesOf(withChoiceOptions(new Command()).exitOverride().configureOutput({ writeErr: () => undefined }).parse(args, { from: 'user' }).opts<ChoiceOptions>())

describe('the choices of an export on the command line', () => {
  it('are the usual ones when none is made', () => {
    expect(chosen()).toEqual(usualExportChoices)
  })

  it('are all there', () => {
    expect(chosen(
      '--mode', 'copy', '--accept-shift', '--format', 'audio', '--audio-format', 'flac', '--captions', 'burned', '--caption-format', 'ass', '--caption-font', 'Inter', '--caption-size', 'large',
      '--caption-behind', 'box', '--caption-position', 'top', '--highlight', '--frame', '9:16', '--around', '0.3,0.5', '--crf', '0', '--preset', 'slow', '--hardware', '--loudness', '-14',
      '--fade-in', '0.5', '--fade-out', '1', '--reel', 'Best of', '--crossfade', '0.5', '--title-cards', '--no-chapters', '--name-template', '{n} {title}',
    )).toEqual({
      mode: 'copy', acceptShift: true, format: 'audio', audioFormat: 'flac', captions: 'burned', captionFormat: 'ass',
      captionStyle: { font: 'Inter', size: 'large', behind: 'box', position: 'top', highlight: true }, framing: { how: 'fill', aspect: '9:16', around: { x: 0.3, y: 0.5 } },
      encoding: { crf: 0, preset: 'slow', hardware: true }, loudness: -14, fades: { inSeconds: 0.5, outSeconds: 1 },
      reel: { name: 'Best of', crossfadeSeconds: 0.5, titleCards: true, chapters: false }, nameTemplate: '{n} {title}',
    } satisfies ExportChoices)
  })

  it('bring the picture to a shape in one way only', () => {
    expect([chosen('--frame', '1:1'), chosen('--frame', '1:1', '--centre'), chosen('--frame', '4:5', '--fit'), chosen('--frame', '16:9', '--fit', '--black')].map(({ framing }) => framing)).toEqual([
      { how: 'fill', aspect: '1:1', around: 'follow' }, { how: 'fill', aspect: '1:1', around: 'centre' },
      { how: 'fit', aspect: '4:5', sides: 'blurred' }, { how: 'fit', aspect: '16:9', sides: 'black' },
    ])
  })

  it.each([
    [['--follow'], '--follow needs a shape.'],
    [['--frame', '1:1', '--follow', '--fit'], '--follow and --fit do not go together.'],
    [['--frame', '1:1', '--black'], '--black goes with --fit.'],
    [['--crossfade', '1'], '--crossfade goes with --reel.'],
    [['--no-chapters'], '--no-chapters goes with --reel.'],
    [['--crf', '52'], 'is not a whole number from 0 to 51'],
    [['--loudness', '3'], 'is not a number from -40 to -5'],
    [['--frame', '2:1'], 'Allowed choices are 9:16, 4:5, 1:1, 16:9'],
  ])('%j are refused: %s', (args, says) => {
    expect(() => chosen(...args)).toThrow(says)
  })
})

describe('the clips of an export on the command line', () => {
  it('are named, with three words for each span', () => {
    expect(() => { refuseNoClips({ clip: ['a', '1', '2', 'b', '3'] }) }).toThrow('--clip takes a video, a start and an end.')
    expect(() => { refuseNoClips({ clip: ['a', '1', 'b'] }) }).toThrow('"b" is not a time.')
    expect(() => { refuseNoClips({}) }).toThrow('Say what to export')
    expect(() => { refuseNoClips({ clip: ['a', '1', '2', 'b', '3', '4'] }) }).not.toThrow()
  })
})
