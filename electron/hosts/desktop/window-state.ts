import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const Rectangle = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() })
export type Rectangle = z.infer<typeof Rectangle>

const WindowState = z.object({ bounds: Rectangle, isMaximized: z.boolean() })
export type WindowState = z.infer<typeof WindowState>

export const SMALLEST = { width: 800, height: 560 }
const USUAL = { width: 1440, height: 900 }

/** What was kept of the window when it was closed; null where there is nothing that can be used. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null // the first start, or a file that somebody else wrote
  }
}

/** Whole or not at all. Throws where the folder can not be written. */
export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const part = `${file}.part`
  writeFileSync(part, JSON.stringify(state))
  renameSync(part, file)
}

function sharedArea(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

const within = (value: number, low: number, high: number): number => Math.round(Math.max(low, Math.min(value, high)))

function centred(area: Rectangle): Rectangle {
  const width = Math.min(USUAL.width, area.width)
  const height = Math.min(USUAL.height, area.height)
  return { x: area.x + Math.round((area.width - width) / 2), y: area.y + Math.round((area.height - height) / 2), width, height }
}

/**
 * Where the window is to be, given the displays that are connected now (their areas without bars, the main one first): as it was,
 * moved and made smaller so far that all of it can be seen, or in the middle of the main display.
 */
export function placeWindow(kept: WindowState | null, displays: readonly [Rectangle, ...Rectangle[]]): WindowState {
  const [main] = displays
  if (kept === null) return { bounds: centred(main), isMaximized: false }
  const { bounds, isMaximized } = kept
  const nearest = displays.reduce((best, area) => sharedArea(bounds, area) > sharedArea(bounds, best) ? area : best)
  if (sharedArea(bounds, nearest) === 0) return { bounds: centred(main), isMaximized }
  const width = within(bounds.width, Math.min(SMALLEST.width, nearest.width), nearest.width)
  const height = within(bounds.height, Math.min(SMALLEST.height, nearest.height), nearest.height)
  return {
    bounds: { x: within(bounds.x, nearest.x, nearest.x + nearest.width - width), y: within(bounds.y, nearest.y, nearest.y + nearest.height - height), width, height },
    isMaximized,
  }
}
