import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seeded } from '../fixtures/seeded.ts'
import { temporaryFolder } from '../scenedex.ts'
import { fullDisks, whyNoSmallDisk } from '../soak/export-kill/full-disk.ts'
import { killRounds } from '../soak/export-kill/rounds.ts'
import type { Workshop } from '../soak/export-kill/workshop.ts'
import { makeWorkshop } from '../soak/export-kill/workshop.ts'

const { folder, remove } = temporaryFolder('killed-export')
afterAll(remove)

// `npm run soak -- export-kill` does the same two hundred times, with all modes.
describe('exports that do not come to their end', () => {
  let workshop: Workshop
  beforeAll(async () => { workshop = await makeWorkshop(folder, 8) })

  it('killed at any moment, they leave no file that is not whole, nothing once the next one has begun, and files of others as they were', { timeout: 300_000 }, async ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no ps')
    const { runs, wrong } = await killRounds({ workshop, kinds: ['exact', 'copy'], kills: 6, random: seeded(20261121) })
    expect({ runs, wrong }).toEqual({ runs: 6, wrong: [] })
  })

  it('say so when the disk is full, and leave nothing there', async ({ skip }) => {
    const why = whyNoSmallDisk()
    skip(why !== null, why ?? '')
    const { runs, stopped, wrong } = await fullDisks({ workshop, kinds: ['exact', 'copy'], disks: 2, mostBytes: 60_000, random: seeded(1) })
    expect({ runs, stopped, wrong }).toEqual({ runs: 2, stopped: 2, wrong: [] })
  })
})
