import { homedir } from 'node:os'
import process from 'node:process'
import packageJson from '../../../package.json' with { type: 'json' }
import type { HostInfo } from '../../contract/host.ts'
import type { HostProtocol } from '../../contract/protocol.ts'
import { hostProtocol } from '../../contract/protocol.ts'
import { AppError } from '../../core/errors.ts'
import type { Service } from '../../rpc/server.ts'
import { browse, makeFolder } from '../browse.ts'
import { tellOfEngine } from '../engine-events.ts'
import type { EngineSupervisor } from '../engine-supervisor.ts'

const notHere = async (): Promise<never> => { throw new AppError('USAGE', { message: 'A page in a browser can not do this.', hint: 'Use the picker of the page.' }) }

/** What the web host answers itself. `mediaKey` opens the media, and nothing else, to a page that could ask for it here. */
export function hostService(engine: Pick<EngineSupervisor, 'state' | 'error' | 'onState'>, mediaKey: string): Service<HostProtocol> {
  const machine = { home: homedir(), platform: process.platform }
  const info: HostInfo = {
    kind: 'web', platform: process.platform, version: packageJson.version, mediaBase: '/media', mediaQuery: `?key=${mediaKey}`,
    can: { pick: false, showInFolder: false, dragOut: false, upload: true },
  }
  return {
    protocol: hostProtocol,
    handlers: {
      'host.info': async () => info,
      'host.browse': ({ folder }) => browse(folder, machine),
      'host.makeFolder': async ({ parent, name }) => ({ path: await makeFolder(parent, name) }),
      'host.pick': notHere, 'host.showInFolder': notHere, 'host.dragOut': notHere,
    },
    subscribe: (listener) => tellOfEngine(engine, listener),
  }
}
