import type { Handlers } from '../handlers.ts'
import { openInPlayer } from '../player/open.ts'
import { ProxyMaker } from '../player/proxy.ts'
import { settingsOf } from '../store/chosen-settings.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

/** What a player asks for. */
export function playerCalls(context: AppContext): Pick<Handlers, 'player.open' | 'player.proxy'> {
  const { ffmpeg, clock, log } = context.tools
  const { emit } = context
  let maker: ProxyMaker | null = null
  const proxies = (): ProxyMaker => {
    if (maker !== null) return maker
    const { library } = writable(context)
    const made = new ProxyMaker({ library, ffmpeg, clock, log, emit, threads: () => settingsOf(library.db).cores })
    context.onClose(() => made.close())
    context.onRemoval((id) => made.giveUp(id))
    maker = made
    return made
  }
  return {
    'player.open': async ({ video }) => openInPlayer(readable(context), video),
    'player.proxy': async ({ video, at }, { signal }) => proxies().piece(video, at, signal),
  }
}
