import { parseArgs } from 'node:util'
import { WrittenMode } from '../../electron/contract/export-choices.ts'
import { mediaFolder } from '../fixtures/make-media.ts'
import { combinations } from '../fixtures/numbered-video-combinations.ts'
import type { Outcome } from './export-matrix/run.ts'
import { runMatrix } from './export-matrix/run.ts'
import { makeSource } from './export-matrix/source.ts'

const USUAL_PAIRS = '20'

function line({ source, mode, files, wrong, refused, fellBack, beeps, soundOff }: Outcome): string {
  return `${source.padEnd(46)} ${mode.padEnd(5)} ${String(files).padStart(4)} files ${String(wrong.length).padStart(4)} wrong ${String(refused.length).padStart(4)} refused ${String(fellBack.length).padStart(4)} fell back  ${String(beeps).padStart(4)} beeps, at most ${(soundOff * 1000).toFixed(0)} ms off`
}

function details({ wrong, refused }: Outcome): string[] {
  return [
    ...wrong.map(({ span, wrong: reasons }) => `    WRONG ${span.start} to ${span.end}: ${reasons.join('; ')}`),
    ...refused.map(({ span, message }) => `    refused ${span.start} to ${span.end}: ${message}`),
  ]
}

/** How often each reason was given, the videos that it was given for, by mode. */
function reasons(outcomes: readonly Outcome[], said: (outcome: Outcome) => string[]): string[] {
  const counted = new Map<string, string[]>()
  for (const outcome of outcomes) for (const one of said(outcome)) counted.set(`${outcome.mode}: ${one}`, [...counted.get(`${outcome.mode}: ${one}`) ?? [], outcome.source])
  return [...counted].sort().map(([reason, sources]) => `  ${sources.length} x ${reason}\n      ${[...new Set(sources)].join('\n      ')}`)
}

/** Numbers in a reason are those of one clip. */
const general = (text: string): string => text.replaceAll(/"[^"]*"/g, '"..."').replaceAll(/\d+(?:\.\d+)?/g, '#')

function summary(outcomes: readonly Outcome[]): string {
  const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((all, outcome) => all + count(outcome), 0)
  return [
    '\nRefused:', ...reasons(outcomes, ({ refused }) => refused.map(({ code, message }) => `${code}: ${general(message)}`)),
    '\nFell back:', ...reasons(outcomes, ({ fellBack }) => fellBack.map(general)),
    `\n${sum(({ files }) => files)} files of ${new Set(outcomes.map(({ source }) => source)).size} videos: ${sum(({ wrong }) => wrong.length)} wrong, ${sum(({ refused }) => refused.length)} refused, ${sum(({ fellBack }) => fellBack.length)} fell back; ${sum(({ beeps }) => beeps)} beeps, at most ${(Math.max(0, ...outcomes.map(({ soundOff }) => soundOff)) * 1000).toFixed(0)} ms off`,
  ].join('\n')
}

/**
 * Random clips of test videos of every kind, each read picture by picture: `npm run soak -- export-matrix [--pairs 20] [--only PART OF A NAME] [--modes exact,smart,copy]`.
 * Ends with 1 when any file is wrong.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { pairs: { type: 'string', default: USUAL_PAIRS }, only: { type: 'string', default: '' }, modes: { type: 'string', default: WrittenMode.options.join() } } })
  const modes = values.modes.split(',').map((mode) => WrittenMode.parse(mode))
  const outcomes: Outcome[] = []
  for (const combination of combinations.filter(({ name }) => name.includes(values.only))) {
    const { folder, remove } = mediaFolder('matrix')
    try {
      const source = await makeSource(combination, folder)
      for (const mode of modes) {
        const outcome = await runMatrix({ source, mode, pairs: Number(values.pairs), folder })
        outcomes.push(outcome)
        console.log([line(outcome), ...details(outcome)].join('\n'))
      }
    } finally {
      remove()
    }
  }
  console.log(summary(outcomes))
  if (outcomes.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1
}
