import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../electron/core/errors.ts'
import { runToEnd, startProcess } from './process.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-process-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const never = new AbortController().signal
const script = (code: string): { program: string, args: string[] } => ({ program: process.execPath, args: ['-e', code] })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('it never came')
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}

describe('a program that is run to its end', () => {
  it('gives its exit code, all of its output and the lines of its log', async () => {
    const output = await runToEnd({ ...script('process.stdout.write("a".repeat(300000)); console.error("one\\ntwo"); process.exitCode = 3'), signal: never })
    expect(output.code).toBe(3)
    expect(output.stdout.length).toBe(300_000)
    expect(output.stderr).toEqual(['one', 'two'])
  })

  it('begins a line of its log only where it broke one: separators inside a title do not', async () => {
    const { stderr } = await runToEnd({ ...script('console.error("a\\u2028[error] b\\u2029c\\u0085d\\re\\r\\nf"); process.stderr.write("g")'), signal: never })
    expect(stderr).toEqual(['a\u2028[error] b\u2029c\u0085d', 'e', 'f', 'g'])
  })

  it('gets its arguments as they are, since no shell reads them', async () => {
    const odd = ['$(touch owned)', '`id`', '; exit 9', '"quotes\'', 'new\nline', '*', '%PATH%', '']
    const { stdout } = await runToEnd({ program: process.execPath, args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...odd], signal: never })
    expect(JSON.parse(stdout.toString('utf8'))).toEqual(odd)
  })

  it('has nobody to ask: its input is at its end', async () => {
    const { stdout } = await runToEnd({ ...script('process.stdin.on("end", () => console.log("end")).resume()'), signal: never, wallMs: 10_000 })
    expect(stdout.toString('utf8')).toBe('end\n')
  })

  it('that is not there says so', async () => {
    const run = runToEnd({ program: path.join(folder, 'no-such-program'), args: [], signal: never, wallMs: 5000, stallMs: 5000 })
    await expect(run).rejects.toMatchObject({ code: 'TOOL_MISSING' })
  })

  it('that says more than it may is ended', async () => {
    const run = runToEnd({ ...script('for (;;) require("fs").writeSync(1, "x".repeat(65536))'), signal: never }, 1_000_000)
    await expect(run).rejects.toMatchObject({ code: 'INTERNAL' })
  })
})

// How long programs take to start and to speak is not ours to say: the time of the limits goes as these tests want it.
const ourTime = { toFake: ['setTimeout' as const, 'clearTimeout' as const] }

describe('a limit', () => {
  afterEach(() => { vi.useRealTimers() })

  it('on the whole time ends a program, whatever it does', async () => {
    const run = runToEnd({ ...script('setInterval(() => console.log("still here"), 20)'), signal: never, wallMs: 700, stallMs: 25_000 })
    await expect(run).rejects.toMatchObject({ code: 'TIMED_OUT', message: 'Stopped after 700 ms.' })
  })

  it('on silence ends a program that hangs', async () => {
    const run = runToEnd({ ...script('console.error("begun"); setInterval(() => {}, 1000)'), signal: never, stallMs: 800 })
    await expect(run).rejects.toMatchObject({ code: 'TIMED_OUT', message: 'Nothing happened for 800 ms.' })
  })

  it('on silence is not reached while the log goes on', async () => {
    vi.useFakeTimers(ourTime)
    const { code, stderr } = await runToEnd({
      ...script('for (let n = 0; n < 12; n++) console.error(n)'), signal: never, stallMs: 900, onStderrLine: () => { vi.advanceTimersByTime(800) },
    })
    expect(code).toBe(0)
    expect(stderr.length).toBe(12)
  })

  it('on silence does not blame the program for what we have not read', async () => {
    vi.useFakeTimers(ourTime)
    const running = startProcess({ ...script('process.stdout.write("x".repeat(2_000_000))'), signal: never, stallMs: 300 })
    let size = 0
    for await (const part of running.stdout) {
      if (size === 0) {
        while (running.stdout.readableLength === 0) await new Promise((resolve) => { setImmediate(resolve) })
        vi.advanceTimersByTime(1200)
      }
      size += (part as Buffer).length
    }
    expect(await running.finished).toBe(0)
    expect(size).toBe(2_000_000)
  })
})

describe('an abort', () => {
  it.skipIf(process.platform === 'win32')('kills the program and what it started', async () => {
    const pidFile = path.join(folder, 'pids')
    const abort = new AbortController()
    const child = 'setInterval(() => {}, 1000)'
    const parent = `const c = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
      require("fs").writeFileSync(${JSON.stringify(pidFile)}, process.pid + " " + c.pid); setInterval(() => {}, 1000)`
    const running = startProcess({ ...script(parent), signal: abort.signal })
    running.stdout.resume()
    await until(() => (statSync(pidFile, { throwIfNoEntry: false })?.size ?? 0) > 0)
    const pids = readFileSync(pidFile, 'utf8').split(' ').map(Number)
    expect(pids.map(isAlive)).toEqual([true, true])
    abort.abort(new AppError('CANCELLED', { message: 'Stopped.' }))
    await expect(running.finished).rejects.toMatchObject({ code: 'CANCELLED' })
    await until(() => !pids.some(isAlive))
  })

  it('before the start starts nothing', () => {
    expect(() => startProcess({ ...script(`require("fs").writeFileSync(${JSON.stringify(path.join(folder, 'started'))}, "")`), signal: AbortSignal.abort() })).toThrow()
    expect(statSync(path.join(folder, 'started'), { throwIfNoEntry: false })).toBeUndefined()
  })

  it('after the end changes nothing', async () => {
    const abort = new AbortController()
    const running = startProcess({ ...script(''), signal: abort.signal })
    running.stdout.resume()
    expect(await running.finished).toBe(0)
    abort.abort()
    expect(await running.finished).toBe(0)
  })
})

describe('outputs', () => {
  it('wait until they are read, each by itself', async () => {
    const running = startProcess({ ...script('const fs = require("fs"); fs.writeSync(3, "three"); fs.writeSync(4, "four"); fs.writeSync(1, "one"); setTimeout(() => {}, 1000)'), signal: never, extraPipes: 2 })
    const read = async (stream: AsyncIterable<unknown> | undefined): Promise<string> => {
      let text = ''
      for await (const part of stream ?? []) text += String(part)
      return text
    }
    expect(await Promise.all([read(running.stdout), read(running.pipes[0]), read(running.pipes[1])])).toEqual(['one', 'three', 'four'])
    expect(await running.finished).toBe(0)
  })
})

describe('our own end', () => {
  it('ends what was started, also when nobody waited for it', async () => {
    const { stdout } = await runToEnd({ program: process.execPath, args: [path.join(import.meta.dirname, 'test-parent.ts')], signal: never })
    const pid = Number(stdout.toString('utf8'))
    expect(pid).toBeGreaterThan(0)
    await until(() => !isAlive(pid))
    expect(isAlive(pid)).toBe(false)
  })
})
