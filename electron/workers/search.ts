import { parentPort, workerData } from 'node:worker_threads'
import { SearchStart } from '../contract/search-worker.ts'
import { portChannel } from '../rpc/channels.ts'
import { splitIntoLanes } from '../rpc/lanes.ts'
import { serve } from '../rpc/server.ts'
import { askedEncoders } from './search/asked-encoders.ts'
import { searchService } from './search/search-service.ts'

// SQLite answers on the thread that asks it: here a long question holds up nobody's import, and an import no question.
if (parentPort === null) throw new Error('search.ts is a worker and is not run by itself')
const lanes = splitIntoLanes(portChannel(parentPort))
const { service, bug } = searchService(SearchStart.parse(workerData), askedEncoders(lanes.open('encoders')))
// The calls tell of their own errors. What is left is an answer that can not be sent, whose message would repeat what is in it.
serve(lanes.open('search'), service, (call, error) => { bug(`${call}: ${error instanceof Error ? error.name : 'no error'} on the way back`) })
