import { create } from 'zustand'
import type { ErrorShape } from '../../electron/contract/errors.ts'
import type { HostInfo } from '../../electron/contract/host.ts'
import { host, onConnection } from '../api.ts'
import type { Connection } from '../api.ts'
import { setMediaBase } from '../media.ts'

interface HostState {
  connection: Connection
  /** Why the engine was given up, where it could tell. */
  engineError: ErrorShape | null
  /** Null until the host has answered for the first time. */
  info: HostInfo | null
}

export const useHost = create<HostState>(() => ({ connection: 'connecting', engineError: null, info: null }))

/** Follows the connection and asks who is on the other side, again after every loss. To be called once. */
export function followHost(): void {
  host.onEvent((event) => { if (event.type === 'engine') useHost.setState({ engineError: event.error }) })
  onConnection((connection) => {
    useHost.setState({ connection })
    if (connection !== 'connected') return
    // A loss in the middle of the question is followed by another connection, which asks again.
    host.call('host.info', {}).then((info) => { setMediaBase(info); useHost.setState({ info }) }, () => undefined)
  })
}
