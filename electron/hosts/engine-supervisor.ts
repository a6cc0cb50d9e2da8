import { z } from 'zod'
import type { AppEvent } from '../contract/events.ts'
import { ErrorShape } from '../contract/errors.ts'
import { engineProtocol } from '../contract/protocol.ts'
import { AppError } from '../core/errors.ts'
import type { Client } from '../rpc/client.ts'
import { createClient } from '../rpc/client.ts'
import type { Lanes } from '../rpc/lanes.ts'
import { splitIntoLanes } from '../rpc/lanes.ts'
import type { Channel } from '../rpc/wire.ts'

/** The process that runs the core, however its host starts it. */
export interface EngineProcess {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Told once, also when it could not be started. */
  onExit(listener: (how: { code: number | null, signal: string | null }) => void): void
  /** Asks it to end; it may take its time. */
  stop(): void
  kill(): void
}

export type EngineState = 'starting' | 'running' | 'restarting' | 'given-up' | 'stopped'

/** A way to the engine of one client of its own. It closes when the engine dies. */
export interface EngineLane { channel: Channel, close(): void }

export interface EngineSupervisor {
  state(): EngineState
  /** Why it was given up, where the engine could tell. */
  error(): ErrorShape | null
  /**
   * Resolves when the engine answers for the first time. Rejects with its own error where it can not open the library. One that was
   * given up is tried again as if it had never died.
   */
  start(): Promise<void>
  /** Null while there is no engine. */
  openLane(): EngineLane | null
  /** The host's own client; its listeners stay over a restart. Rejects with CHANNEL_CLOSED while there is no engine. */
  client: Client
  onState(listener: (state: EngineState) => void): () => void
  /** Ends the engine in its own time, or by force after ten seconds. */
  stop(): Promise<void>
}

const DEATHS_AT_MOST = 5
const COUNTED_MS = 60_000
const FIRST_PAUSE_MS = 250
const STOP_MS = 10_000

/** What the engine says of itself, on a lane that no client has. */
const ENGINE_LANE = 'engine'
const EngineWord = z.union([z.object({ ready: z.literal(true) }), z.object({ failed: ErrorShape })])

/** The first message on a lane makes the engine tell its events there; this one asks for nothing. */
const hello = { type: 'cancel', id: 0 }

interface Run { process: EngineProcess, lanes: Lanes, isReady: boolean, failed: ErrorShape | null, exited: Promise<void> }

class Supervisor implements EngineSupervisor {
  private readonly launch: () => EngineProcess
  private readonly stateListeners = new Set<(state: EngineState) => void>()
  private readonly eventListeners = new Set<(event: AppEvent) => void>()
  private current: EngineState = 'starting'
  private run: Run | null = null
  private own: Client | null = null
  private why: ErrorShape | null = null
  private deaths: number[] = []
  private restart: ReturnType<typeof setTimeout> | undefined
  private lanesOpened = 0

  constructor(launch: () => EngineProcess) { this.launch = launch }

  readonly client: Client = {
    call: async (name, input, signal) => {
      if (this.own === null) throw new AppError('CHANNEL_CLOSED', { message: 'The engine is gone.', hint: 'It is started again; try once more.' })
      return await this.own.call(name, input, signal)
    },
    onEvent: (listener) => {
      this.eventListeners.add(listener)
      return () => { this.eventListeners.delete(listener) }
    },
  }

  state(): EngineState { return this.current }
  error(): ErrorShape | null { return this.why }

  onState(listener: (state: EngineState) => void): () => void {
    this.stateListeners.add(listener)
    return () => { this.stateListeners.delete(listener) }
  }

  start(): Promise<void> {
    if (this.current === 'running') return Promise.resolve()
    if (this.current === 'given-up') {
      this.deaths = []
      this.why = null
      this.set('restarting')
    }
    return new Promise((resolve, reject) => {
      const off = this.onState((state) => {
        if (state === 'restarting') return
        off()
        if (state === 'running') resolve()
        else reject(this.reason())
      })
      // Asked for twice, it is waited for twice.
      if (this.run === null) this.begin()
    })
  }

  openLane(): EngineLane | null {
    const { run } = this
    if (run?.isReady !== true) return null
    const name = `client-${this.lanesOpened++}`
    const channel = run.lanes.open(name)
    channel.send(hello)
    return { channel, close: () => { run.lanes.close(name) } }
  }

  async stop(): Promise<void> {
    clearTimeout(this.restart)
    const { run } = this
    this.set('stopped')
    if (run === null) return
    run.process.stop()
    const force = setTimeout(() => { run.process.kill() }, STOP_MS)
    await run.exited
    clearTimeout(force)
  }

  private reason(): AppError {
    if (this.why !== null) return new AppError(this.why.code, this.why)
    return new AppError('INTERNAL', { message: 'The engine ended again and again.', hint: 'What it said last stands above, or in errors.log in the library folder.' })
  }

  private set(state: EngineState): void {
    this.current = state
    for (const listener of [...this.stateListeners]) listener(state)
  }

  private begin(): void {
    clearTimeout(this.restart)
    const process = this.launch()
    const closes: (() => void)[] = []
    const lanes = splitIntoLanes({ send: process.send, onMessage: process.onMessage, onClose: (listener) => { closes.push(listener) } })
    const exited = new Promise<void>((resolve) => {
      process.onExit(() => {
        for (const close of closes) close()
        this.ended(run)
        resolve()
      })
    })
    const run: Run = { process, lanes, isReady: false, failed: null, exited }
    this.run = run
    lanes.open(ENGINE_LANE).onMessage((raw) => { this.heard(run, raw) })
  }

  private heard(run: Run, raw: unknown): void {
    const word = EngineWord.safeParse(raw)
    if (!word.success || this.current === 'stopped') return
    if ('failed' in word.data) { run.failed = word.data.failed; return }
    run.isReady = true
    const lane = this.openLane()
    if (lane !== null) {
      this.own = createClient(engineProtocol, lane.channel)
      this.own.onEvent((event) => { for (const listener of this.eventListeners) listener(event) })
    }
    this.set('running')
  }

  private ended(run: Run): void {
    this.run = null
    this.own = null
    if (this.current === 'stopped') return
    const now = Date.now()
    this.deaths = [...this.deaths.filter((time) => time > now - COUNTED_MS), now]
    // A library that can not be opened can not be opened the next time either; one that is busy may.
    const isHopeless = run.failed !== null && run.failed.code !== 'LIBRARY_BUSY'
    if (isHopeless || this.deaths.length >= DEATHS_AT_MOST) {
      this.why = run.failed
      this.set('given-up')
      return
    }
    this.restart = setTimeout(() => { this.begin() }, FIRST_PAUSE_MS * 2 ** (this.deaths.length - 1))
    this.set('restarting')
  }
}

/** Keeps one engine alive: starts it again when it dies, with growing pauses, and gives it up after five deaths within a minute. */
export function superviseEngine(launch: () => EngineProcess): EngineSupervisor {
  return new Supervisor(launch)
}
