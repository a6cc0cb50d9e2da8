import { stat } from 'node:fs/promises'
import path from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }
import type { HostEvent, HostInfo } from '../../contract/host.ts'
import type { HostProtocol } from '../../contract/protocol.ts'
import { hostProtocol } from '../../contract/protocol.ts'
import { AppError } from '../../core/errors.ts'
import { videoExtensions } from '../../core/import/video-names.ts'
import { messages } from '../../../renderer/messages.ts'
import type { Service } from '../../rpc/server.ts'
import type { Machine } from '../browse.ts'
import { browse, makeFolder } from '../browse.ts'
import { tellOfEngine } from '../engine-events.ts'
import type { EngineSupervisor } from '../engine-supervisor.ts'
import { MEDIA_BASE } from './app-scheme.ts'

interface DialogOptions {
  title: string
  properties: ('openFile' | 'openDirectory' | 'multiSelections' | 'createDirectory')[]
  filters: { name: string, extensions: string[] }[]
}

/** What of the desktop the host's calls use. */
export interface Desktop extends Machine {
  chooseFiles(options: DialogOptions): Promise<{ canceled: boolean, filePaths: string[] }>
  showInFolder(file: string): void
  startDrag(files: string[]): void
}

export interface HostServiceParts {
  desktop: Desktop
  engine: Pick<EngineSupervisor, 'state' | 'error' | 'onState'>
  /** Calls its listener with what is chosen from the menu. */
  onMenu(listener: (action: MenuAction) => void): () => void
}

export type MenuAction = Extract<HostEvent, { type: 'menu' }>['action']

function dialogFor(what: 'videos' | 'folder' | 'archive', title: string): DialogOptions {
  if (what === 'folder') return { title, properties: ['openDirectory', 'createDirectory'], filters: [] }
  const { videoFiles, archiveFiles, allFiles } = messages.desktop.dialog
  if (what === 'archive') return { title, properties: ['openFile'], filters: [{ name: archiveFiles, extensions: ['zip', 'tar', 'gz', 'tgz'] }, { name: allFiles, extensions: ['*'] }] }
  const filters = [{ name: videoFiles, extensions: [...videoExtensions] }, { name: allFiles, extensions: ['*'] }]
  return { title, properties: ['openFile', 'multiSelections'], filters }
}

async function present(file: string): Promise<string> {
  const isHere = path.isAbsolute(file) && await stat(file).then(() => true, () => false)
  if (!isHere) throw new AppError('NOT_FOUND', { message: `"${path.basename(file)}" is not there any more.`, hint: 'It may have been moved, renamed or deleted.' })
  return file
}

/** What the window answers itself. */
export function hostService({ desktop, engine, onMenu }: HostServiceParts): Service<HostProtocol> {
  const info: HostInfo = {
    kind: 'desktop', platform: desktop.platform, version: packageJson.version, mediaBase: MEDIA_BASE, mediaQuery: '',
    can: { pick: true, showInFolder: true, dragOut: true, upload: false },
  }
  return {
    protocol: hostProtocol,
    handlers: {
      'host.info': async () => info,
      'host.pick': async ({ what, title }) => {
        const { canceled, filePaths } = await desktop.chooseFiles(dialogFor(what, title))
        return { paths: canceled || filePaths.length === 0 ? null : filePaths }
      },
      'host.browse': ({ folder }) => browse(folder, desktop),
      'host.makeFolder': async ({ parent, name }) => ({ path: await makeFolder(parent, name) }),
      'host.showInFolder': async ({ path: file }) => {
        desktop.showInFolder(await present(file))
        return {}
      },
      'host.dragOut': async ({ paths }) => {
        desktop.startDrag(await Promise.all(paths.map(present)))
        return {}
      },
    },
    subscribe: (listener) => {
      const tell = (event: HostEvent): void => { listener(event) }
      const ends = [tellOfEngine(engine, tell), onMenu((action) => { tell({ type: 'menu', action }) })]
      return () => { for (const end of ends) end() }
    },
  }
}
