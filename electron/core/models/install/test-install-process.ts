import { once } from 'node:events'
import { createNetwork } from '../../../hosts/network.ts'
import { sqlite } from '../../../../native/sqlite/open.ts'
import { openLibrary } from '../../store/database.ts'
import { testClock } from '../../store/test-library.ts'
import { ModelSpec } from '../model-spec.ts'
import { installModel } from './install-model.ts'
import { testTools, watch } from './test-install.ts'

// A process that installs a model into a library, from a mirror, and is killed while it does. It begins when nothing more is said to it.
const [folder = '', origin = '', spec = ''] = process.argv.slice(2)
process.stdin.resume()
await once(process.stdin, 'end')
const library = await openLibrary(folder, sqlite, testClock)
const tools = testTools(library, createNetwork('0.0.0'), { mirror: () => origin, plainHosts: [new URL(origin).host] })
await installModel({ spec: ModelSpec.parse(JSON.parse(spec)), variants: ['fp32'] }, { tools, progress: watch() }, new AbortController().signal)
library.close()
