import { homedir } from 'node:os'
import process from 'node:process'
import { z } from 'zod'
import { createApp } from '../../core/app.ts'
import { AppError, toErrorShape } from '../../core/errors.ts'
import type { App } from '../../core/handlers.ts'
import { libraryFolder } from '../../core/library-folder.ts'
import { splitIntoLanes } from '../../rpc/lanes.ts'
import { serve } from '../../rpc/server.ts'
import type { Channel } from '../../rpc/wire.ts'
import { realTools } from '../real-tools.ts'
import { parentChannel } from './parent-channel.ts'

/** What a parent says that can not send a signal. */
const End = z.object({ end: z.literal(true) })

// The engine: the core in a process of its own, so that a window or a server stays alive and answers when it dies or is busy.
// Each client has a lane of its own. Without its parent it stops the work in hand, closes the library and ends.
const folder = libraryFolder(process.argv[2], { platform: process.platform, env: process.env, home: homedir() })
const tools = realTools(folder)
const parent = parentChannel()

async function open(): Promise<App> {
  try {
    return await createApp({ folder, access: 'write', tools })
  } catch (error) {
    // The host tells the person; what is no AppError is shown whole as well.
    parent.send({ lane: 'engine', message: { failed: toErrorShape(error, 'opening the library') } })
    if (!(error instanceof AppError)) tools.log.error('the library was not opened', error)
    // What was sent has to be out before the end.
    await new Promise<void>((resolve) => { parent.onClose(resolve); setTimeout(resolve, 200) })
    process.exit(1)
  }
}

const app = await open()

let isEnding = false
async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  await app.close()
  process.exit(0)
}

const answerOn = (channel: Channel): void => { serve(channel, app, (call, error) => { tools.log.error(`something went wrong in ${call}`, error) }) }
const lanes = splitIntoLanes(parent)
lanes.open('engine').onMessage((word) => { if (End.safeParse(word).success) void end() })
lanes.onNew((_name, channel) => { answerOn(channel) })
parent.onHandedOver(answerOn)
parent.onClose(() => { void end() })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { void end() })
parent.send({ lane: 'engine', message: { ready: true } })
app.begin()
