import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { NodeProcess } from '../../native/processes/fork-node.ts'
import { forkNode } from '../../native/processes/fork-node.ts'
import { createClient } from '../rpc/client.ts'
import { testProtocol } from '../rpc/test-app.ts'
import type { EngineState, EngineSupervisor } from './engine-supervisor.ts'
import { superviseEngine } from './engine-supervisor.ts'

let supervisor: EngineSupervisor | undefined
afterEach(async () => { await supervisor?.stop() })

function supervise(way: () => string): { engine: EngineSupervisor, processes: NodeProcess[], states: EngineState[] } {
  const processes: NodeProcess[] = []
  const states: EngineState[] = []
  const engine = superviseEngine(() => {
    const process = forkNode(path.join(import.meta.dirname, 'test-engine.ts'), [way()])
    processes.push(process)
    return process
  })
  engine.onState((state) => { states.push(state) })
  supervisor = engine
  return { engine, processes, states }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('an engine that is supervised', () => {
  it('is started again after a death; what waits rejects at once and a new lane works', async () => {
    const { engine, processes, states } = supervise(() => '')
    await engine.start()
    const lane = engine.openLane()!
    const waiting = createClient(testProtocol, lane.channel).call('jobs.idle', { videos: [] })
    const rejected = expect(waiting).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    processes[0]!.kill()
    await rejected
    expect(engine.state()).toBe('restarting')
    expect(engine.openLane()).toBe(null)
    await expect(engine.client.call('library.list', {})).rejects.toMatchObject({ code: 'CHANNEL_CLOSED' })
    await expect.poll(() => engine.state()).toBe('running')
    expect(await engine.client.call('library.list', {})).toEqual({ videos: [] })
    expect(await createClient(testProtocol, engine.openLane()!.channel).call('library.list', {})).toEqual({ videos: [] })
    expect(states).toEqual(['running', 'restarting', 'running'])
  })

  it('tells its events to the host\'s listeners also after a restart', async () => {
    const { engine, processes, states } = supervise(() => '')
    await engine.start()
    const seen: string[] = []
    engine.client.onEvent((event) => { seen.push(event.type) })
    processes[0]!.kill()
    await expect.poll(() => states).toEqual(['running', 'restarting', 'running'])
    await engine.client.call('library.import', { paths: ['a'], fast: true })
    expect(seen).toEqual(['import-found'])
  })

  it('tells its events on a lane before anything was asked there', async () => {
    const { engine } = supervise(() => '')
    await engine.start()
    const silent = createClient(testProtocol, engine.openLane()!.channel)
    const heard: string[] = []
    silent.onEvent((event) => { heard.push(event.type) })
    await engine.client.call('library.import', { paths: ['a'], fast: true })
    await expect.poll(() => heard).toEqual(['import-found'])
  })

  it('that can not open the library is not started again, and says why', async () => {
    const { engine, processes, states } = supervise(() => 'too-new')
    await expect(engine.start()).rejects.toMatchObject({ name: 'AppError', code: 'LIBRARY_TOO_NEW', hint: 'Update.' })
    await delay(400)
    expect(processes).toHaveLength(1)
    expect(states).toEqual(['given-up'])
    expect(engine.error()).toMatchObject({ code: 'LIBRARY_TOO_NEW' })
  })

  it('is given up after five deaths within a minute, with growing pauses', async () => {
    const { engine, processes } = supervise(() => 'dies')
    const begun = Date.now()
    await expect(engine.start()).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(processes).toHaveLength(5)
    expect(Date.now() - begun).toBeGreaterThan(250 + 500 + 1000 + 2000)
    expect(engine.state()).toBe('given-up')
  })

  it('that was given up is tried again with all its lives, and says meanwhile that it starts', async () => {
    let way = 'too-new'
    const { engine, processes, states } = supervise(() => way)
    await expect(engine.start()).rejects.toMatchObject({ code: 'LIBRARY_TOO_NEW' })
    way = 'dies'
    const again = engine.start()
    expect([engine.state(), engine.error()]).toEqual(['restarting', null])
    await expect(again).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(processes).toHaveLength(1 + 5)
    way = ''
    await Promise.all([engine.start(), engine.start()])
    await engine.start()
    expect(processes).toHaveLength(1 + 5 + 1)
    expect(states.slice(-3)).toEqual(['given-up', 'restarting', 'running'])
    processes.at(-1)!.kill()
    await expect.poll(() => states.slice(-3)).toEqual(['running', 'restarting', 'running'])
  })

  it('ends when it is asked to, and is not started again', async () => {
    const { engine, processes, states } = supervise(() => '')
    await engine.start()
    const pid = processes[0]!.pid!
    await engine.stop()
    expect(isAlive(pid)).toBe(false)
    await delay(400)
    expect(processes).toHaveLength(1)
    expect(states).toEqual(['running', 'stopped'])
  })

  it('is not started again by a stop in the pause after a death', async () => {
    const { engine, processes } = supervise(() => '')
    await engine.start()
    processes[0]!.kill()
    await expect.poll(() => engine.state()).toBe('restarting')
    await engine.stop()
    await delay(500)
    expect(processes).toHaveLength(1)
  })
})
