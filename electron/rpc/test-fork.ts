import { parentChannel } from '../hosts/engine/parent-channel.ts'
import { splitIntoLanes } from './lanes.ts'
import { serve } from './server.ts'
import { createTestApp } from './test-app.ts'

// Speaks as the engine's process does, with the test app behind it.
splitIntoLanes(parentChannel()).onNew((_name, channel) => { serve(channel, createTestApp(), () => undefined) })
