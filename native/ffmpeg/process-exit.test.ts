import { execFile } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a program that was started', () => {
  it('does not outlive us when we end without waiting for it', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'test-parent.ts')])
    const pid = Number(stdout)
    expect(pid).toBeGreaterThan(0)
    for (let look = 0; look < 50 && isAlive(pid); look++) await delay(100)
    expect(isAlive(pid)).toBe(false)
  })
})
