import type { Client } from '../../rpc/client.ts'

/** What of Electron's powerMonitor is used. */
export interface PowerMonitor {
  readonly onBatteryPower: boolean
  on(event: 'on-battery' | 'on-ac', listener: () => void): unknown
}

/** Tells every engine how the machine is powered, at its start and when it changes. */
export function tellPower(monitor: PowerMonitor, client: Pick<Client, 'call'>, onState: (listener: (state: string) => void) => unknown): void {
  const tell = (onBattery: boolean): void => {
    // The next engine is told again; one that is not there does not work.
    client.call('jobs.power', { onBattery }).catch(() => undefined)
  }
  monitor.on('on-battery', () => { tell(true) })
  monitor.on('on-ac', () => { tell(false) })
  onState((state) => { if (state === 'running') tell(monitor.onBatteryPower) })
}
