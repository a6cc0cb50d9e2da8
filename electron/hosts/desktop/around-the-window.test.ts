import { describe, expect, it } from 'vitest'
import { closeGuard } from './close-guard.ts'
import { engineEnvironment } from './engine-process.ts'
import { importQueue } from './import-queue.ts'
import { menuTemplate } from './menu.ts'
import { tellPower } from './power.ts'
import type { WorkWatch } from './work-watch.ts'

describe('closing the window', () => {
  const guarded = (state: { working?: boolean, exporting?: boolean }, answer: boolean) => {
    const told: string[] = []
    const work: WorkWatch = { isWorking: () => state.working === true, isExporting: () => state.exporting === true }
    const onClose = closeGuard(work, async (about) => { told.push(about); return Promise.resolve(answer) }, () => { told.push('closed') })
    const close = (): void => { onClose({ preventDefault: () => { told.push('held') } }) }
    return { told, close }
  }

  it('asks nothing while nothing is worked on', () => {
    const { told, close } = guarded({}, true)
    close()
    expect(told).toEqual([])
  })

  it('asks once while videos are worked on, and closes when the person agrees', async () => {
    const { told, close } = guarded({ working: true }, true)
    close()
    close()
    await expect.poll(() => told).toEqual(['held', 'working', 'held', 'closed'])
    close()
    expect(told).toHaveLength(4)
  })

  it('stays open when the person thinks better of it, and asks again the next time', async () => {
    const { told, close } = guarded({ working: true, exporting: true }, false)
    close()
    await expect.poll(() => told).toEqual(['held', 'exporting'])
    await Promise.resolve()
    close()
    expect(told).toEqual(['held', 'exporting', 'held', 'exporting'])
  })
})

describe('the engine', () => {
  const recorded = () => {
    const calls: unknown[][] = []
    return { calls, client: { call: async (...given: unknown[]): Promise<never> => { calls.push(given.slice(0, 2)); return Promise.resolve({} as never) } } }
  }

  it('is told how the machine is powered at its start, at each restart and when it changes', () => {
    const { calls, client } = recorded()
    const listeners = new Map<string, () => void>()
    const states: ((state: string) => void)[] = []
    const monitor = { onBatteryPower: true, on: (event: string, listener: () => void) => { listeners.set(event, listener) } }
    tellPower(monitor, client, (listener) => { states.push(listener) })
    for (const state of ['running', 'restarting', 'running']) states[0]?.(state)
    listeners.get('on-ac')?.()
    expect(calls.map(([, input]) => input)).toEqual([{ onBattery: true }, { onBattery: true }, { onBattery: false }])
  })

  it('gets what was to be imported before it ran, each path once', () => {
    const { calls, client } = recorded()
    let current = 'starting'
    let told = (_state: string): void => undefined
    const queue = importQueue(client, { state: () => current, onState: (listener) => { told = listener } }, () => undefined)
    queue.add(['/a', '/b'])
    queue.add(['/b', '/c'])
    expect(calls).toEqual([])
    current = 'running'
    told('running')
    queue.add(['/d'])
    expect(calls).toEqual([['library.import', { paths: ['/a', '/b', '/c'] }], ['library.import', { paths: ['/d'] }]])
  })

  it('finds on a Mac what Homebrew installed, though a dock knows no PATH, and before it what the app brought along', () => {
    const mac = engineEnvironment({ env: { PATH: '/usr/bin:/bin:/usr/local/bin', HOME: '/h' }, platform: 'darwin', resourcesFolder: '/A.app/Contents/Resources' })
    expect(mac).toEqual({ HOME: '/h', PATH: '/A.app/Contents/Resources/ffmpeg:/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin:/opt/local/bin' })
    expect(engineEnvironment({ env: { Path: 'C:\\x', TEMP: 't' }, platform: 'win32', resourcesFolder: 'C:\\r' })).toEqual({ TEMP: 't', PATH: 'C:\\r\\ffmpeg;C:\\x' })
  })
})

describe('the menu', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('has on %s each action once, with no key that another entry has', (platform) => {
    const chosen: string[] = []
    const flat = (entries: ReturnType<typeof menuTemplate>): ReturnType<typeof menuTemplate> => entries.flatMap((entry) => [entry, ...flat(entry.submenu ?? [])])
    const entries = flat(menuTemplate({ platform, isPackaged: true, choose: (action) => { chosen.push(action) } }))
    for (const entry of entries) entry.click?.()
    expect(chosen.sort()).toEqual(['about', 'activity', 'import-files', 'import-folder', 'library', 'search', 'settings', 'shortcuts', 'tray'])
    const keys = entries.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    expect(entries.some(({ role }) => role === 'toggleDevTools' || role === 'reload')).toBe(false)
  })
})
