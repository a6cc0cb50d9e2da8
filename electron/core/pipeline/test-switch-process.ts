// A program of its own: works on the queue of a library whose text model has just been exchanged for another one.
import { sqlite } from '../../../native/sqlite/open.ts'
import { openLibrary } from '../store/database.ts'
import { testClock } from '../store/test-library.ts'
import { createEngine } from './engine.ts'
import { testLimits } from './test-queue.ts'
import { numbersModel, stagesWithTextVectors, textModels } from './test-switch.ts'
import { testTools } from './test-stages.ts'

const [folder = '', model = '', waitMs = '0'] = process.argv.slice(2)
const limits = { ...testLimits, mostDeaths: { light: 99, decode: 99, inference: 99 } }
const library = await openLibrary(folder, sqlite, testClock)
const models = textModels(numbersModel(model, { waitMs: Number(waitMs), onEmbed: () => { process.stdout.write('embedded\n') } }))
const engine = createEngine({ library, stages: stagesWithTextVectors(), tools: { ...testTools(), models }, emit: () => undefined, limits })
engine.start()
await engine.modelsChanged()
await engine.idle([], new AbortController().signal)
await engine.stop()
library.close()
process.stdout.write('idle\n')
