import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { portableWhisper, WHISPER_PROGRAM, whisperFolder } from './whisper-place.mjs'
import { ensurePortableWhisper, ensureWhisper } from './whisper.mjs'

const before = { ...process.env }
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenedex-setup-whisper-'))
  process.env['XDG_CACHE_HOME'] = path.join(folder, 'cache')
  process.env['PATH'] = path.join(folder, 'programs')
  delete process.env['SCENEDEX_WHISPER_CLI']
})
afterEach(() => {
  process.env = { ...before }
  rmSync(folder, { recursive: true, force: true })
})

function cached(): string[] {
  return readdirSync(path.join(folder, 'cache', 'scenedex'))
}

/** An npm that gives something else than was asked for. */
function otherNpm(): void {
  const script = path.join(folder, 'npm-cli.cjs')
  writeFileSync(script, 'require("node:fs").writeFileSync(require("node:path").join(process.argv.at(-1), "nodejs-whisper-0.3.1.tgz"), "something else")')
  process.env['npm_execpath'] = script
}

function buildTools(): void {
  mkdirSync(path.join(folder, 'programs'))
  for (const name of ['cmake', 'g++', 'make', 'cmake.exe']) {
    const file = path.join(folder, 'programs', name)
    writeFileSync(file, '#!/bin/sh\nexit 1\n')
    chmodSync(file, 0o755)
  }
}

describe('set-up', () => {
  it('does nothing where whisper.cpp is', async () => {
    mkdirSync(whisperFolder(), { recursive: true })
    writeFileSync(path.join(whisperFolder(), WHISPER_PROGRAM), '')
    expect(await ensureWhisper()).toBe('whisper.cpp 1.9.1')
    expect(cached()).toEqual([path.basename(whisperFolder())])
  })

  it('goes on without what builds it, and says what gets that', async () => {
    expect(await ensureWhisper()).toMatch(/^no whisper\.cpp: no cmake.*; get it with: .*cmake/)
    expect(cached()).toEqual([])
  })

  it('builds nothing but the source that it knows, and leaves nothing behind', async () => {
    buildTools()
    otherNpm()
    expect(await ensureWhisper()).toBe('no whisper.cpp: nodejs-whisper@0.3.1 is not the file it should be')
    expect(cached()).toEqual([])
  })

  it('clears away what a killed one left, a day later', async () => {
    for (const [name, hoursAgo] of [['building-old', 25], ['building-new', 1]] as const) {
      const left = path.join(folder, 'cache', 'scenedex', name)
      mkdirSync(left, { recursive: true })
      const then = new Date(Date.now() - hoursAgo * 3_600_000)
      utimesSync(left, then, then)
    }
    await ensureWhisper()
    expect(cached()).toEqual(['building-new'])
  })

  it('takes the one that the environment names', async () => {
    process.env['SCENEDEX_WHISPER_CLI'] = path.join(folder, 'mine')
    expect(await ensureWhisper()).toMatch(/^no whisper\.cpp: SCENEDEX_WHISPER_CLI names .*mine, which is not there$/)
    writeFileSync(path.join(folder, 'mine'), '')
    expect(await ensureWhisper()).toBe('whisper.cpp of SCENEDEX_WHISPER_CLI')
  })
})

describe('the whisper-cli of an installer', () => {
  it('is built for any processor of its kind, apart from that for this one', () => {
    const { folder: place, options } = portableWhisper('x64')
    expect(place).not.toBe(whisperFolder())
    expect(path.basename(place)).toMatch(/^whisper\.cpp-1\.9\.1-\w+-x64-portable-[0-9a-f]{8}$/)
    expect(options).toEqual(expect.arrayContaining(['-DGGML_NATIVE=OFF', '-DGGML_AVX2=ON', '-DGGML_FMA=ON', '-DGGML_F16C=ON']))
    expect(options).not.toContain('-DGGML_NATIVE=ON')
    expect(portableWhisper('arm64').options.filter((option) => option.includes('AVX'))).toEqual([])
  })

  it('is the one that is here, and where none can be built the reason is told', async () => {
    expect(await ensurePortableWhisper(process.arch)).toEqual({ reason: expect.stringMatching(/^no cmake.*; get it with: /) as string })
    const { folder: place } = portableWhisper(process.arch)
    mkdirSync(place, { recursive: true })
    writeFileSync(path.join(place, WHISPER_PROGRAM), '')
    expect(await ensurePortableWhisper(process.arch)).toEqual({ folder: place })
  })
})
