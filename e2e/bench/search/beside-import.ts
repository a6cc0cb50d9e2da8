import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { ReadDatabase } from '../../../electron/core/ports.ts'
import type { Asked, Measured } from './asked.ts'
import type { Kind } from './questions-asked.ts'
import type { Took } from './times.ts'
import { measured, timesOf } from './times.ts'

// Of each kind: the machine may be busier by now.
const TURNS = 3
const Count = z.object({ count: z.number() })

function inTurn(took: readonly Took[]): Measured['atRest'] {
  return { clock: timesOf(took.flatMap(({ clock }) => clock)), processor: timesOf(took.flatMap(({ processor }) => processor)) }
}

/** The questions at rest and while another process imports at full speed, in turns. */
export async function besideImport({ folder, seed }: Asked, { texts, ask }: Kind, db: ReadDatabase): Promise<Pick<Measured, 'atRest' | 'duringImport' | 'imported' | 'load'>> {
  const count = (): number => db.get('SELECT count(*) AS count FROM scene', Count)!.count
  const before = count()
  const run = path.join(import.meta.dirname, '..', 'run.ts')
  const writer = spawn(process.execPath, [run, 'bench', 'search', '--import', JSON.stringify({ folder, seed })], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(writer, 'exit')
  try {
    const begun = await Promise.race([once(writer.stdout, 'data').then(() => true), ended.then(() => false)])
    if (!begun) throw new Error('the import that was to go on beside did not begin')
    const [during, rest]: [Took[], Took[]] = [[], []]
    for (let turn = 0; turn < TURNS; turn++) {
      during.push(await measured(texts, ask))
      writer.kill('SIGSTOP')
      rest.push(await measured(texts, ask))
      writer.kill('SIGCONT')
    }
    return { atRest: inTurn(rest), duringImport: inTurn(during), imported: count() - before, load: loadavg()[0]! }
  } finally {
    writer.kill('SIGKILL')
    await ended
  }
}
