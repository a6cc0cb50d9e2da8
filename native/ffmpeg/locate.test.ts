import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inputArgument, locateTools, parseVersion, toolVersions } from './locate.ts'

const before = { ...process.env }
let folder = ''
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'scenedex-locate-')) })
afterEach(() => {
  process.env = { ...before }
  rmSync(folder, { recursive: true, force: true })
})

function program(name: string): string {
  const file = path.join(folder, process.platform === 'win32' ? `${name}.exe` : name)
  writeFileSync(file, '')
  return file
}

describe('ffmpeg', () => {
  it('is what the environment names, before the app\'s own, before what is on the path', () => {
    const [ffmpeg, ffprobe] = [program('ffmpeg'), program('ffprobe')]
    process.env['PATH'] = folder
    delete process.env['SCENEDEX_FFMPEG']
    delete process.env['SCENEDEX_FFPROBE']
    expect(locateTools()).toEqual({ ffmpeg, ffprobe })
    process.env['SCENEDEX_FFMPEG'] = program('another')
    expect(locateTools()).toEqual({ ffmpeg: program('another'), ffprobe })
    process.env['PATH'] = ''
    expect(locateTools(folder).ffprobe).toBe(ffprobe)
  })

  it('that is nowhere is said, with the command that gets it', () => {
    process.env['PATH'] = folder
    delete process.env['SCENEDEX_FFMPEG']
    expect(() => locateTools()).toThrow(expect.objectContaining({ code: 'TOOL_MISSING', message: 'ffmpeg was not found.', hint: expect.stringContaining('nstall') as string }))
  })

  it('says its version', async () => {
    expect((await toolVersions(locateTools())).ffmpeg).toMatch(/^(\d+\.\d+|unknown)/)
    expect(parseVersion('ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026')).toBe('5.1.9')
    expect(parseVersion('ffprobe version n7.1 Copyright')).toBe('7.1')
    expect(parseVersion('ffmpeg version N-118000-g1234567 Copyright')).toBeNull()
  })

  it('gets names that can be nothing but files', () => {
    expect(inputArgument('-i.mp4')).toEqual(['-i', `file:${path.resolve('-i.mp4')}`])
    expect(inputArgument('http:x.mp4')).toEqual(['-i', `file:${path.resolve('http:x.mp4')}`])
  })
})
