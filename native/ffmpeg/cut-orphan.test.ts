import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factsOf, ffmpegOutput, temporaryFolder, tools } from '../../electron/core/export/test-library.ts'

let folder = ''
beforeAll(async () => { folder = await temporaryFolder() })
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a cut whose engine is killed', () => {
  it('ends in the middle: nobody reads the pictures for its check any more', async ({ skip }) => {
    skip(process.platform === 'win32', 'the program that tells its number is a shell script')
    const [source, target, program, number] = ['source.mp4', 'clip.part', 'ffmpeg.sh', 'number'].map((name) => path.join(folder, name)) as [string, string, string, string]
    await ffmpegOutput(['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=20', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', source])
    writeFileSync(target, '')
    writeFileSync(program, `#!/bin/sh\necho $$ > '${number}'\nexec '${tools.ffmpeg}' "$@"\n`)
    chmodSync(program, 0o755)
    const parent = spawn(process.execPath, [path.join(import.meta.dirname, 'test-cut-parent.ts'), program, source, target], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(parent.stdout, 'data')
    parent.kill('SIGKILL')
    const pid = Number(readFileSync(number, 'utf8'))
    expect(pid).toBeGreaterThan(0)
    while (isAlive(pid)) await sleep(20)
    // Some releases of ffmpeg make a whole file of what is there, others leave it as it is.
    const written = await factsOf(target).then(({ media }) => media.durationSeconds ?? 0, () => 0)
    expect(written).toBeLessThan(19)
  })
})
