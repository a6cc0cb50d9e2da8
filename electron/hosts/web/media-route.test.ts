import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../contract/errors.ts'
import { VideoId } from '../../contract/ids.ts'
import { AppError } from '../../core/errors.ts'
import { createMediaLocator, mediaWish } from '../media-locator.ts'
import { sendMedium } from './media-route.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-route-'))
const film = path.join(folder, 'film.mp4')
const SIZE = 200_000_000
let locate: Parameters<typeof sendMedium>[2] = async () => ({ path: film, contentType: 'video/mp4' })
/** Resolves when the newest request was dealt with. */
let sent: Promise<unknown> = Promise.resolve()
const server = createServer((request, response) => { sent = sendMedium({ kind: 'video', video: VideoId.parse(1) }, { request, response }, (wish) => locate(wish)) })
let port = 0

beforeAll(async () => {
  // Sparse: it takes no room.
  writeFileSync(film, 'x')
  truncateSync(film, SIZE)
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const timesOpen = (): number => readdirSync('/proc/self/fd').filter((fd) => existsSync(`/proc/self/fd/${fd}`) && readlinkSync(`/proc/self/fd/${fd}`) === film).length

describe('a medium', () => {
  it.runIf(process.platform === 'linux')('is read no further and closed when the client goes away', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await new Promise((resolve) => { socket.once('data', resolve) })
    expect(timesOpen()).toBe(1)
    socket.destroy()
    await expect.poll(timesOpen).toBe(0)
  })

  it.runIf(process.platform === 'linux')('is closed, too, when the client went away before it was found', async () => {
    const before = locate
    let found: () => void = () => undefined
    locate = async () => { await new Promise<void>((resolve) => { found = resolve }); return { path: film, contentType: 'video/mp4' } }
    const socket = connect(port, '127.0.0.1')
    const gone = new Promise((resolve) => {
      server.once('request', (_request, response) => {
        response.once('close', resolve)
        socket.destroy()
      })
    })
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await gone
    locate = before
    found()
    await sent
    await expect.poll(timesOpen).toBe(0)
  })

  it.runIf(process.platform === 'linux')('is read only as fast as the client takes it', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await new Promise((resolve) => { socket.once('data', resolve) })
    socket.pause()
    const before = process.memoryUsage()
    await new Promise((resolve) => { setTimeout(resolve, 500) })
    const after = process.memoryUsage()
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(SIZE / 4)
    expect(timesOpen()).toBe(1)
    socket.destroy()
    await expect.poll(timesOpen).toBe(0)
  })

  it.each<[ErrorCode, number]>([['NOT_FOUND', 404], ['OFFLINE', 404], ['CHANNEL_CLOSED', 503]])('that the engine answers with %s for is a %i without a body', async (code, status) => {
    const before = locate
    locate = async () => { throw new AppError(code, { message: 'no' }) }
    const response = await fetch(`http://127.0.0.1:${port}/`)
    locate = before
    expect([response.status, await response.text()]).toEqual([status, ''])
  })
})

describe('the engine', () => {
  const video = mediaWish('/video/7')!
  const frame = mediaWish('/frame/7')!

  it('is asked once for many pieces of one file, and again some seconds later', async () => {
    let asked = 0
    let now = 0
    const call = async (): Promise<never> => { asked += 1; return { path: film, contentType: 'video/mp4' } as never }
    const find = createMediaLocator({ call }, () => now)
    await Promise.all([find(video), find(video), find(video)])
    expect(asked).toBe(1)
    await find(frame)
    expect(asked).toBe(2)
    now = 6000
    await find(video)
    expect(asked).toBe(3)
  })

  it('is asked again at once for what was not there', async () => {
    let asked = 0
    const call = async (): Promise<never> => { asked += 1; throw new AppError('NOT_FOUND', { message: 'no' }) }
    const find = createMediaLocator({ call })
    await expect(find(video)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(find(video)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(asked).toBe(2)
  })
})
