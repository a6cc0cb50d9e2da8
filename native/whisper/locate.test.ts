import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WHISPER_PROGRAM, whisperFolder } from '../setup/whisper-place.mjs'
import { locateWhisper, parseWhisperVersion } from './locate.ts'

const before = { ...process.env }
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenedex-locate-whisper-'))
  process.env['XDG_CACHE_HOME'] = path.join(folder, 'cache')
  process.env['PATH'] = ''
  delete process.env['SCENEDEX_WHISPER_CLI']
})
afterEach(() => {
  process.env = { ...before }
  Reflect.deleteProperty(process, 'resourcesPath')
  rmSync(folder, { recursive: true, force: true })
})

function program(where: string): string {
  mkdirSync(where, { recursive: true })
  const file = path.join(where, WHISPER_PROGRAM)
  writeFileSync(file, '')
  return file
}

describe('whisper.cpp', () => {
  it('is what the environment names, then the app\'s own, then what set-up built, then what is on the path', () => {
    const onPath = program(path.join(folder, 'path'))
    process.env['PATH'] = path.dirname(onPath)
    expect(locateWhisper()).toBe(onPath)
    const built = program(whisperFolder())
    expect(locateWhisper()).toBe(built)
    Reflect.set(process, 'resourcesPath', path.join(folder, 'resources'))
    expect(locateWhisper()).toBe(built)
    const shipped = program(path.join(folder, 'resources', 'whisper'))
    expect(locateWhisper()).toBe(shipped)
    process.env['SCENEDEX_WHISPER_CLI'] = onPath
    expect(locateWhisper()).toBe(onPath)
  })

  it('that is nowhere is said, with what gets it; one that is named is not replaced by another', () => {
    const said = { code: 'TOOL_MISSING', message: 'whisper.cpp was not found.', hint: expect.stringContaining('npm start') as string }
    expect(() => locateWhisper()).toThrow(expect.objectContaining(said))
    program(whisperFolder())
    process.env['SCENEDEX_WHISPER_CLI'] = path.join(folder, 'no-such-program')
    expect(() => locateWhisper()).toThrow(expect.objectContaining(said))
  })

  it('is kept outside of the project, apart for each version, system and processor', () => {
    expect(path.dirname(whisperFolder())).toBe(path.join(folder, 'cache', 'scenedex'))
    expect(path.basename(whisperFolder())).toMatch(new RegExp(`^whisper\\.cpp-1\\.9\\.1-${process.platform}-${process.arch}-[0-9a-f]{8}$`))
    process.env['XDG_CACHE_HOME'] = 'not/absolute'
    expect(path.isAbsolute(whisperFolder())).toBe(true)
  })

  it('says its version', () => {
    expect(parseWhisperVersion('whisper.cpp version: 1.9.1\n')).toBe('1.9.1')
    expect(parseWhisperVersion('error: unknown argument: --version')).toBeNull()
  })
})
