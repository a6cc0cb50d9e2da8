import type { Handlers } from '../handlers.ts'
import { openInPlayer } from '../player/open.ts'
import type { AppContext } from './context.ts'
import { readable } from './context.ts'

/** What a player asks for. */
export function playerCalls(context: AppContext): Pick<Handlers, 'player.open'> {
  return {
    'player.open': async ({ video }) => openInPlayer(readable(context).db, video),
  }
}
