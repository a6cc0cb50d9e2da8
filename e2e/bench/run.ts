// npm run bench -- NAME [ARGUMENTS]    runs e2e/bench/NAME.ts
// npm run soak  -- NAME [ARGUMENTS]    runs e2e/soak/NAME.ts
// Each of those files exports `run(args)`. They measure and print; they are no tests.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const WRONG_USAGE = 2

const Measurement = z.object({ run: z.custom<(args: string[]) => unknown>((value) => typeof value === 'function') })

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'run.ts')
  return sources.map((file) => path.basename(file, '.ts')).sort()
}

async function measure([kind = 'bench', name = '', ...args]: string[]): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '..', kind)
  const names = namesIn(folder)
  if (!names.includes(name)) {
    process.stderr.write(`npm run ${kind} -- NAME, where NAME is one of: ${names.join(', ') || '(none yet)'}\n`)
    process.exitCode = WRONG_USAGE
    return
  }
  const measurement = Measurement.parse(await import(pathToFileURL(path.join(folder, `${name}.ts`)).href))
  await measurement.run(args)
}

await measure(process.argv.slice(2))
