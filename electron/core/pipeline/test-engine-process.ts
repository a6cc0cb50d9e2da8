// A program of its own: works on the queue of a library with the small stages until nothing is left, or stands still within an item
// once it has begun so many.
import { sqlite } from '../../../native/sqlite/open.ts'
import { openLibrary } from '../store/database.ts'
import { testClock } from '../store/test-library.ts'
import { createEngine } from './engine.ts'
import { testLimits } from './test-queue.ts'
import { testStages, testTools } from './test-stages.ts'

const [folder = '', journal = '', stepMs = '0', most = 'Infinity'] = process.argv.slice(2)
// Killed faster than its items are done; that too many deaths end a stage is another test's.
const limits = { ...testLimits, mostDeaths: { light: 99, decode: 99, inference: 99 } }
let begun = 0
const step = {
  stepMs: Number(stepMs), journal,
  onStep: async (): Promise<void> => { if (++begun > Number(most)) await new Promise(() => undefined) },
}
const library = await openLibrary(folder, sqlite, testClock)
const engine = createEngine({ library, stages: testStages({ scan: step, speech: step }), tools: testTools(), emit: () => undefined, limits })
process.stdout.write(`${engine.start()}\n`)
await engine.idle([], new AbortController().signal)
await engine.stop()
library.close()
process.stdout.write('idle\n')
