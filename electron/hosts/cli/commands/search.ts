import type { SearchAnswer, SearchHit } from '../../../contract/search.ts'
import { queryHelp } from '../../../core/search/help.ts'
import { parseQuery } from '../../../core/search/parse.ts'
import { printQuery } from '../../../core/search/print.ts'
import { AppError } from '../../../core/errors.ts'
import type { Client } from '../../../rpc/client.ts'
import { wholeNumber } from '../arguments.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { exampleNamed } from '../like-argument.ts'
import { printable, timeText } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

interface SearchOptions extends CommonOptions { limit: number, explain?: boolean, like?: string }

// Two: what comes after THEN is a reason of its own.
const SHORT_REASONS = 2

function hitText(hit: SearchHit, isExplained: boolean): string {
  const head = `${timeText(hit.start)} - ${timeText(hit.end)}  ${printable(hit.title)}  (scene ${String(hit.sceneId)})`
  const reasons = (isExplained ? hit.reasons : hit.reasons.slice(0, SHORT_REASONS)).map((reason) => {
    const at = reason.at === null ? '' : ` at ${timeText(reason.at)}`
    const score = isExplained ? `  [${reason.score.toFixed(4)}]` : ''
    return `    ${reason.kind}${at}: ${printable(reason.text)}${score}`
  })
  return [head, ...reasons].join('\n')
}

function answerText(answer: SearchAnswer, isExplained: boolean): string {
  const notes = answer.notes.map((note) => `Note: ${printable(note)}`)
  const hits = answer.hits.map((hit) => hitText(hit, isExplained))
  const nearest = answer.nearest.map((hit) => hitText(hit, isExplained))
  // Brackets, lists and what was left out, as it was asked in the end.
  const meant = isExplained ? printQuery(parseQuery(answer.query).node).trim() : ''
  const understood = meant === '' || meant === answer.query.trim() ? [] : [`Understood as: ${printable(meant)}`]
  const nothing = answer.nothingGood ? ['Nothing good found.', ...nearest.length > 0 ? ['The nearest:', ...nearest] : []] : []
  return [...understood, ...notes, ...hits, ...nothing].join('\n')
}

async function asked(words: string[], { like, limit }: SearchOptions, { client, signal }: { client: Client, signal: AbortSignal }): Promise<SearchAnswer> {
  if ((like === undefined) === (words.length === 0)) {
    throw new AppError('USAGE', { message: like === undefined ? 'Say what to look for.' : 'Look for words or for what is like something, not for both.', hint: 'scenedex search --help shows how.' })
  }
  if (like === undefined) return client.call('search.query', { query: words.join(' '), limit }, signal)
  return client.call('search.similar', { like: await exampleNamed(like, client), limit }, signal)
}

export const searchCommand: AddCommand = (parent, finish) => parent.command('search')
  .description('Finds scenes by what is said in them and how they look, and says why each was found.')
  .argument('[query...]', 'what to look for; several words may be given with or without quotes')
  .option('--like <example>', 'instead of words: what looks like a picture file, like scene:12, or like a video at a time: VIDEO@1:23.5')
  .option('--limit <number>', 'at most so many hits', wholeNumber(1000), 20)
  .option('--explain', 'show every reason with its score')
  .addHelpText('after', `
${queryHelp}

Examples:
  scenedex search solar eclipse
  scenedex search '"one small step" -moon' --limit 5
  scenedex search 'goal THEN<20s crowd' --json
  scenedex search --like beach.jpg
  scenedex search --like holiday.mp4@1:23.5`)
  .action(async (words: string[], options: SearchOptions) => {
    await withSession(options, 'read', async ({ client, signal, answer }) => {
      const found = await asked(words, options, { client, signal })
      answer(found, () => answerText(found, options.explain ?? false))
    })
    finish(exitCodes.done)
  })
