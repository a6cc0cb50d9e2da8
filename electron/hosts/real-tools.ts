import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { inspect } from 'node:util'
import type { AppTools } from '../core/calls/context.ts'
import type { Clock, Log } from '../core/ports.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { diagnosis } from '../../native/diagnosis.ts'
import labels from '../../resources/labels.json' with { type: 'json' }
import { createSampleVideo } from '../../native/ffmpeg/demo-video.ts'
import { createFfmpeg } from '../../native/ffmpeg/ffmpeg.ts'
import { createInference } from '../../native/inference.ts'
import { createPictures } from '../../native/pictures/sharp-pictures.ts'
import { sqlite } from '../../native/sqlite/open.ts'
import { createTranscriber } from '../../native/whisper/transcriber.ts'
import { cappedLog } from './capped-log.ts'
import { modelCatalog } from './model-catalog.ts'
import { createNetwork } from './network.ts'
import { searchThreads } from './search-thread.ts'

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => { await delay(milliseconds, undefined, { signal }) },
}

function detail(cause: unknown): string {
  return cause === undefined ? '' : `\n${inspect(cause)}`
}

// A person at a terminal is told of errors by the commands; the log is for who looks for a bug: errors in a file of the
// library, everything on stderr with SCENEDEX_DEBUG.
function createLog(folder: string): Log {
  const isWanted = process.env['SCENEDEX_DEBUG'] !== undefined
  const keep = cappedLog(path.join(folder, 'errors.log'))
  const write = (text: string): void => { if (isWanted) process.stderr.write(`${text}\n`) }
  return {
    info: (text) => { write(text) },
    warn: (text, cause) => { write(`warning: ${text}${detail(cause)}`) },
    error: (text, cause) => {
      write(`error: ${text}${detail(cause)}`)
      if (existsSync(folder)) keep(`${text}${detail(cause)}`)
    },
  }
}

// Built, every host is one file in out/, beside out/workers; from source this file stands two folders above them.
function workerFile(name: string): URL {
  const isBuilt = import.meta.url.endsWith('.js')
  return new URL(isBuilt ? `./workers/${name}.js` : `../workers/${name}.ts`, import.meta.url)
}

/** The real ffmpeg, SQLite, sharp and models for a library folder. */
export function realTools(folder: string): AppTools {
  const log = createLog(folder)
  return {
    sqlite,
    ffmpeg: createFfmpeg(),
    pictures: createPictures(),
    inference: createInference(workerFile('inference'), createTranscriber, { onWarning: (text) => { log.warn(text) } }),
    openSearching: searchThreads(workerFile('search'), (text, cause) => { log.error(text, cause) }),
    network: createNetwork(packageJson.version),
    catalog: modelCatalog(),
    usualLabels: Object.values(labels).flat(),
    diagnosis,
    sampleVideo: createSampleVideo(),
    clock,
    log,
    version: packageJson.version,
  }
}
