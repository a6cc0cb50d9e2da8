// npm run bench -- inference [--library DIR] [--rounds N] [--pictures N]
// What the app puts around a model costs: pictures through the worker beside a bare loop over the same file, memory over many pictures,
// the start of a worker, and how long a query waits. With the models of a library, else with the stand-in of the shared models.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { flickr8k } from '../eval/pictures-with-captions.ts'
import { openSetting } from '../eval/setting.ts'
import { measureMemory } from './inference/flat-memory.ts'
import { measurePictures } from './inference/picture-cost.ts'
import { measureQueries } from './inference/query-latency.ts'
import type { Subject } from './inference/subject.ts'
import { measureStart } from './inference/worker-start.ts'

/** Prints what it measures; ends with 1 where a bar is not met. */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { library: { type: 'string' }, rounds: { type: 'string', default: '7' }, pictures: { type: 'string', default: '5000' } } })
  const { setting, close } = await openSetting(values.library === undefined ? null : path.resolve(values.library))
  try {
    const model = await setting.installed('pictures')
    const files = flickr8k().map(({ file }) => file)
    if (model === null || files.length === 0) {
      setting.print('skipped: no picture model, or the shared pictures are not here')
      return
    }
    const embedder = setting.inference.embedder(model)
    const subject: Subject = { model, embedder, files, fresh: () => realTools(setting.folder).inference, print: setting.print }
    setting.print(`${embedder.id} on ${model.provider}, one thread`)
    const isCheap = await measurePictures(subject, Math.max(1, Number(values.rounds) || 1))
    await measureStart(subject)
    await measureQueries(subject)
    const isFlat = await measureMemory(subject, Math.max(1000, Number(values.pictures) || 0))
    if (!isCheap || !isFlat) process.exitCode = 1
  } finally {
    await close()
  }
}
