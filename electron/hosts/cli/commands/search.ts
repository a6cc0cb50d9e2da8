import { InvalidArgumentError } from 'commander'
import type { SearchAnswer, SearchHit } from '../../../contract/search.ts'
import { SearchWeights } from '../../../contract/search.ts'
import { queryHelp } from '../../../core/search/help.ts'
import { parseQuery } from '../../../core/search/parse.ts'
import { printQuery } from '../../../core/search/print.ts'
import { hasThen } from '../../../core/search/query.ts'
import { isListing } from '../../../core/search/retrieve.ts'
import { AppError } from '../../../core/errors.ts'
import type { Client } from '../../../rpc/client.ts'
import { wholeNumber } from '../arguments.ts'
import type { AddCommand } from '../add-command.ts'
import { exitCodes } from '../exit-codes.ts'
import { exampleNamed } from '../like-argument.ts'
import { howUnusual } from '../output/how-unusual.ts'
import { printable, timeText } from '../output/text.ts'
import type { CommonOptions } from '../session.ts'
import { withSession } from '../session.ts'

interface SearchOptions extends CommonOptions {
  limit: number
  explain?: boolean
  like?: string
  weight: SearchWeights
  perVideo?: number | 'all'
  page: number
  after?: string
}

const MOST_PAGES = 10_000

function weights(text: string, before: SearchWeights): SearchWeights {
  const pairs = text.split(',').map((pair) => pair.trim().split('='))
  const given = SearchWeights.strict().safeParse(Object.fromEntries(pairs.map(([name = '', value = '']) => [name, /^\d+(\.\d+)?$/.test(value) ? Number(value) : null])))
  if (!given.success) throw new InvalidArgumentError(`"${text}" is not like said=2,seen=0: said, meaning, seen and title can be from 0 to 10.`)
  return { ...before, ...given.data }
}

function perVideo(text: string): number | 'all' {
  return text === 'all' ? text : wholeNumber(1000)(text)
}

// Two: what comes after THEN is a reason of its own.
const SHORT_REASONS = 2

const pointsText = (points: number): string => `${points.toFixed(1)} points`

function hitText(hit: SearchHit, isExplained: boolean): string {
  const points = isExplained ? `  [${pointsText(hit.score)}]` : ''
  const head = `${timeText(hit.start)} - ${timeText(hit.end)}  ${printable(hit.title)}  (scene ${String(hit.sceneId)})${points}`
  const reasons = (isExplained ? hit.reasons : hit.reasons.slice(0, SHORT_REASONS)).map((reason) => {
    const at = reason.at === null ? '' : ` at ${timeText(reason.at)}`
    const unusual = reason.chance === null ? '' : ` (${howUnusual(reason.chance)})`
    const score = isExplained ? `  [${pointsText(reason.score)}]` : ''
    return `    ${reason.kind}${at}: ${printable(reason.text)}${unusual}${score}`
  })
  return [head, ...reasons].join('\n')
}

function moreText({ more }: SearchAnswer): string[] {
  return more === null ? [] : ['There are more: --page shows the next ones.']
}

/** How the query was understood, where that is not as it was written: brackets, lists, and without what was left out. */
function understoodText(asked: string): string[] {
  const meant = printQuery(parseQuery(asked).node).trim()
  return meant === '' || meant === asked.trim() ? [] : [`Understood as: ${printable(meant)}`]
}

function scaleText({ query, hits }: SearchAnswer): string[] {
  const { node } = parseQuery(query)
  // What is like something has points by its rank.
  const isRanked = node !== null && (!isListing(node) || hasThen(node))
  return hits.length > 0 && isRanked ? ['Points add up; each of them halves the odds that a scene is there by accident.'] : []
}

function answerText(answer: SearchAnswer, isExplained: boolean): string {
  const notes = answer.notes.map((note) => `Note: ${printable(note)}`)
  const [hits, nearest] = [answer.hits, answer.nearest].map((found) => found.map((hit) => hitText(hit, isExplained)))
  return [
    ...isExplained ? understoodText(answer.query) : [], ...notes, ...hits ?? [],
    ...answer.nothingGood ? ['Nothing good found.'] : [], ...answer.nearest.length > 0 ? ['The nearest:', ...nearest ?? []] : [],
    ...moreText(answer), ...isExplained ? scaleText(answer) : [],
  ].join('\n')
}

/** The page that is asked for by its number, or the one that begins where another has ended. */
async function pageOf(query: string, { limit, weight, perVideo, page, after }: SearchOptions, { client, signal }: { client: Client, signal: AbortSignal }): Promise<SearchAnswer> {
  const input = { query, limit, weights: weight, ...perVideo === undefined ? {} : { perVideo: perVideo === 'all' ? null : perVideo } }
  let answer = await client.call('search.query', { ...input, after: after ?? null }, signal)
  for (let at = 1; at < page; at++) {
    if (answer.more === null) return { ...answer, hits: [], notes: [...answer.notes, at === 1 ? 'There is only one page.' : `There are only ${String(at)} pages.`] }
    answer = await client.call('search.query', { ...input, after: answer.more }, signal)
  }
  return answer
}

/** Whether something is said of lists and pages, which only words have. */
function isOrdered({ page, after, perVideo, weight }: SearchOptions): boolean {
  return page > 1 || after !== undefined || perVideo !== undefined || Object.keys(weight).length > 0
}

async function asked(words: string[], options: SearchOptions, { client, signal }: { client: Client, signal: AbortSignal }): Promise<SearchAnswer> {
  const { like, limit } = options
  if ((like === undefined) === (words.length === 0)) {
    throw new AppError('USAGE', { message: like === undefined ? 'Say what to look for.' : 'Look for words or for what is like something, not for both.', hint: 'scenedex search --help shows how.' })
  }
  if (like !== undefined && isOrdered(options)) {
    throw new AppError('USAGE', { message: 'Of the options, --like goes with --limit and --explain only.', hint: 'Leave out --page, --after, --per-video and --weight.' })
  }
  if (like === undefined) return pageOf(words.join(' '), options, { client, signal })
  return client.call('search.similar', { like: await exampleNamed(like, client), limit }, signal)
}

export const searchCommand: AddCommand = (parent, finish) => parent.command('search')
  .description('Finds scenes by what is said in them and how they look, and says why each was found.')
  .argument('[query...]', 'what to look for; several words may be given with or without quotes')
  .option('--like <example>', 'instead of words: what looks like a picture file, like scene:12, or like a video at a time: VIDEO@1:23.5')
  .option('--limit <number>', 'at most so many hits', wholeNumber(1000), 20)
  .option('--page <number>', 'show this page of so many hits', wholeNumber(MOST_PAGES), 1)
  .option('--after <token>', 'go on where a page has ended: the "more" of its --json')
  .option('--per-video <number>', 'at most so many hits of one video (5), or "all"', perVideo)
  .option('--weight <list>', 'how much each list counts, as in said=2,seen=0; one of said, meaning, seen, title', weights, {})
  .option('--explain', 'show every reason with its points')
  .addHelpText('after', `
${queryHelp}

Examples:
  scenedex search solar eclipse
  scenedex search '"one small step" -moon' --limit 5
  scenedex search 'goal THEN<20s crowd' --json
  scenedex search red car --weight seen=2,said=0 --per-video all --page 2
  scenedex search --like beach.jpg
  scenedex search --like holiday.mp4@1:23.5`)
  .action(async (words: string[], options: SearchOptions) => {
    await withSession(options, 'read', async ({ client, signal, answer }) => {
      const found = await asked(words, options, { client, signal })
      answer(found, () => answerText(found, options.explain ?? false))
    })
    finish(exitCodes.done)
  })
