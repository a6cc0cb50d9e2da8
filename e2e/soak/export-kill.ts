import { parseArgs } from 'node:util'
import { z } from 'zod'
import { seeded } from '../fixtures/seeded.ts'
import { temporaryFolder } from '../scenedex.ts'
import { fullDisks, whyNoSmallDisk } from './export-kill/full-disk.ts'
import { KINDS } from './export-kill/request.ts'
import type { Report } from './export-kill/rounds.ts'
import { killRounds } from './export-kill/rounds.ts'
import { makeWorkshop } from './export-kill/workshop.ts'

/** More than most of these clips take. */
const MOST_BYTES = 900_000

function tell(what: string, { runs, stopped, files, left, wrong }: Report): void {
  console.log([`${runs} ${what}: ${stopped} did not end well, ${files} files under final names, ${left} passing files seen, ${wrong.length === 0 ? 'all whole, nothing left behind' : `${wrong.length} WRONG:`}`, ...wrong].join('\n  '))
  if (wrong.length > 0) process.exitCode = 1
}

/** Exports that are killed or run out of room: `npm run soak -- export-kill [--kills 200] [--full-disks 50] [--kinds exact,smart,copy,reel] [--seed 1]`. Needs a build. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: {
    'kills': { type: 'string', default: '200' }, 'full-disks': { type: 'string', default: '50' }, 'kinds': { type: 'string', default: KINDS.join() }, 'seed': { type: 'string', default: '20261121' },
  } })
  const kinds = values.kinds.split(',').map((kind) => z.enum(KINDS).parse(kind))
  const random = seeded(Number(values.seed))
  const { folder, remove } = temporaryFolder('export-kill')
  try {
    const workshop = await makeWorkshop(folder)
    tell('kills', await killRounds({ workshop, kinds, kills: Number(values.kills), random }))
    const why = whyNoSmallDisk()
    if (why === null) tell('full disks', await fullDisks({ workshop, kinds, disks: Number(values['full-disks']), mostBytes: MOST_BYTES, random }))
    else console.log(`full disks skipped: ${why}`)
  } finally {
    remove()
  }
}
