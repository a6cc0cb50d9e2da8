import type { HostEvent } from '../contract/host.ts'
import type { EngineState, EngineSupervisor } from './engine-supervisor.ts'

type EngineEvent = Extract<HostEvent, { type: 'engine' }>

function told(state: EngineState): EngineEvent['state'] | null {
  switch (state) {
    case 'running': case 'restarting': case 'given-up': return state
    // A host that is just starting or ending has no page to tell.
    case 'starting': case 'stopped': return null
  }
}

/** Tells a page how the engine fares, until the function that is given back is called. */
export function tellOfEngine(engine: Pick<EngineSupervisor, 'state' | 'error' | 'onState'>, listener: (event: EngineEvent) => void): () => void {
  const tell = (current: EngineState): void => {
    const state = told(current)
    if (state !== null) listener({ type: 'engine', state, error: engine.error() })
  }
  // Who comes while the engine is away must hear of it.
  if (engine.state() !== 'running') tell(engine.state())
  return engine.onState(tell)
}
