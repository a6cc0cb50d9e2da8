import type { Handlers } from '../handlers.ts'
import { jobsOverview } from '../pipeline/jobs/overview.ts'
import { usualLimits } from '../pipeline/work.ts'
import { resolveVideo } from '../store/video-refs.ts'
import type { AppContext } from './context.ts'
import { readable, writable } from './context.ts'

/** The queue: look at it, steer it, wait for it. */
export function jobsCalls(context: AppContext): Pick<Handlers, 'jobs.overview' | 'jobs.control' | 'jobs.idle' | 'jobs.power'> {
  return {
    'jobs.overview': async ({ limit }) => {
      if (context.opened.access === 'write') return context.opened.engine.overview(limit)
      return jobsOverview(readable(context).db, { stages: context.stages, nowMs: context.tools.clock.now(), ownToken: null, silentMs: usualLimits.leaseMs, limit })
    },
    'jobs.control': async ({ action, video }) => {
      const { library, engine } = writable(context)
      return engine.control(action, video === null ? null : resolveVideo(library.db, video).id)
    },
    'jobs.power': async ({ onBattery }) => {
      writable(context).engine.power(onBattery)
      return {}
    },
    'jobs.idle': async ({ videos, until }, { signal }) => {
      const { engine } = writable(context)
      await engine.idle(videos, signal, until)
      return engine.overview()
    },
  }
}
