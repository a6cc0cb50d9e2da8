import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Rectangle } from './window-state.ts'
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-window-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

const main: Rectangle = { x: 0, y: 25, width: 1920, height: 1055 }
const left: Rectangle = { x: -1280, y: 0, width: 1280, height: 1024 }
const kept = (bounds: Rectangle, isMaximized = false) => ({ bounds, isMaximized })

describe('the place of the window', () => {
  it('is the middle of the main display at the first start', () => {
    expect(placeWindow(null, [main, left]).bounds).toEqual({ x: 240, y: 103, width: 1440, height: 900 })
  })

  it('is no larger than a small display', () => {
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }]).bounds).toEqual({ x: 0, y: 0, width: 1024, height: 600 })
  })

  it('is where it was, on any display', () => {
    const bounds = { x: -1200, y: 50, width: 1000, height: 800 }
    expect(placeWindow(kept(bounds, true), [main, left])).toEqual({ bounds, isMaximized: true })
  })

  it('is the middle of the main display when its own is not connected any more', () => {
    expect(placeWindow(kept({ x: -1200, y: 50, width: 1000, height: 800 }, true), [main])).toEqual({ bounds: { x: 240, y: 103, width: 1440, height: 900 }, isMaximized: true })
  })

  it.each([
    [{ x: 1800, y: 900, width: 1000, height: 800 }, { x: 920, y: 280, width: 1000, height: 800 }],
    [{ x: 100, y: -300, width: 1000, height: 800 }, { x: 100, y: 25, width: 1000, height: 800 }],
    [{ x: 0, y: 25, width: 9000, height: 9000 }, { x: 0, y: 25, width: 1920, height: 1055 }],
    [{ x: 10, y: 30, width: 1, height: 1 }, { x: 10, y: 30, width: 800, height: 560 }],
  ])('%j is moved to %j, where all of it is seen', (before, after) => {
    expect(placeWindow(kept(before), [main]).bounds).toEqual(after)
  })
})

describe('what is kept of the window', () => {
  const file = path.join(folder, 'new', 'window.json')

  it('is read as it was written, and nothing else lies beside it', () => {
    const state = kept({ x: -3, y: 4, width: 1000, height: 700 }, true)
    writeWindowState(file, state)
    writeWindowState(file, state)
    expect(readWindowState(file)).toEqual(state)
    expect(readdirSync(path.dirname(file))).toEqual(['window.json'])
  })

  it.each(['', '{', '[]', 'null', '{"bounds":{"x":0,"y":0,"width":0,"height":10},"isMaximized":false}', '{"bounds":{"x":1e400,"y":0,"width":9,"height":9},"isMaximized":false}'])('is nothing when the file holds %j', (text) => {
    writeFileSync(file, text)
    expect(readWindowState(file)).toBe(null)
  })

  it('is nothing at the first start', () => {
    expect(readWindowState(path.join(folder, 'none.json'))).toBe(null)
  })
})
