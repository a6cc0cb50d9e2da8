// npm run eval [-- [NAME...] [--library DIR] [--only NAME,NAME]]
// How good and how true to itself the product is, on real input with known truth: with the models of a library, else with the stand-ins of
// the shared models. It prints; it is no test. Ends with 1 where a bar is not met.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { inspect, parseArgs } from 'node:util'
import type { Block, Setting, Verdict } from './block.ts'
import { memory } from './memory.ts'
import { sentences } from './sentences.ts'
import { tags } from './tags.ts'
import { search } from './search.ts'
import { openSetting } from './setting.ts'
import { textToPicture } from './text-to-picture.ts'
import { videoQueries } from './video-queries.ts'
import { voice } from './voice.ts'
import { words } from './words.ts'

const WRONG_USAGE = 2

const blocks: readonly Block[] = [textToPicture, videoQueries, sentences, voice, words, tags, search, memory]

function sentenceOf(verdict: Verdict): string {
  switch (verdict) {
    case 'passed': return 'PASS'
    case 'failed': return 'FAIL'
    case 'measured': return 'measured (no bar)'
    default: return `skipped: ${verdict.skipped}`
  }
}

async function measure(block: Block, setting: Setting): Promise<Verdict> {
  setting.print(`\n${block.title} (${block.name})`)
  const start = performance.now()
  const verdict = await block.run(setting).catch((error: unknown): Verdict => {
    setting.print(`  stopped: ${inspect(error)}`)
    return 'failed' // the others are measured all the same
  })
  setting.print(`  ${sentenceOf(verdict)}, ${((performance.now() - start) / 1000).toFixed(0)} s`)
  return verdict
}

/** Which blocks are asked for, and the library whose models are to be measured. */
function asked(args: string[]): { names: string[], library: string | null } {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { library: { type: 'string' }, only: { type: 'string' } } })
  const chosen = [...positionals, ...values.only?.split(',') ?? []]
  return { names: chosen.length > 0 ? chosen : blocks.map(({ name }) => name), library: values.library === undefined ? null : path.resolve(values.library) }
}

async function evaluate(args: string[]): Promise<number> {
  const { names, library } = asked(args)
  const unknown = names.filter((name) => !blocks.some((block) => block.name === name))
  if (unknown.length > 0 || (library !== null && !existsSync(library))) {
    process.stderr.write(`npm run eval [-- [NAME...] [--library DIR] [--only NAME,NAME]], where NAME is one of: ${blocks.map(({ name }) => name).join(', ')}\n`)
    return WRONG_USAGE
  }
  const { setting, close } = await openSetting(library)
  setting.print(library === null ? 'with the stand-ins of the shared models: what they give says how true the product is to its models, not how good published models are' : `with the models of ${library}`)
  const verdicts: [string, Verdict][] = []
  try {
    for (const block of blocks.filter(({ name }) => names.includes(name))) verdicts.push([block.name, await measure(block, setting)])
  } finally {
    await close()
  }
  setting.print(`\n${verdicts.map(([name, verdict]) => `${name}: ${sentenceOf(verdict)}`).join('\n')}`)
  return verdicts.some(([, verdict]) => verdict === 'failed') ? 1 : 0
}

process.exitCode = await evaluate(process.argv.slice(2))
