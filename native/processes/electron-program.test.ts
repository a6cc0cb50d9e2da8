import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { electronProgram } from './electron-program.ts'

const top = mkdtempSync(path.join(tmpdir(), 'scenedex-electron-'))
afterAll(() => { rmSync(top, { recursive: true, force: true }) })

/** A package folder as npm leaves it, with an installer that does what is given. */
function packageWith(name: string, installer: string): string {
  const folder = path.join(top, name)
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }')
  writeFileSync(path.join(folder, 'install.js'), installer)
  return folder
}

const fetches = `
const fs = require('node:fs')
fs.appendFileSync('tries', 'x')
fs.mkdirSync('dist', { recursive: true })
fs.writeFileSync('dist/electron', '')
fs.writeFileSync('path.txt', 'electron')`

describe('the program that opens windows', () => {
  it('is taken as it is there, without running anything', async () => {
    const packageFolder = packageWith('there', 'process.exit(1)')
    mkdirSync(path.join(packageFolder, 'dist'))
    writeFileSync(path.join(packageFolder, 'dist', 'electron'), '')
    writeFileSync(path.join(packageFolder, 'path.txt'), 'electron')
    expect(await electronProgram({ packageFolder, limitMs: 25_000 })).toEqual({ program: path.join(packageFolder, 'dist', 'electron') })
  })

  it('is fetched where only its package is there', async () => {
    const packageFolder = packageWith('fetched', fetches)
    expect(await electronProgram({ packageFolder, limitMs: 25_000 })).toEqual({ program: path.join(packageFolder, 'dist', 'electron') })
  })

  it('is not there when its installer fails, and is tried again the next day only', async () => {
    const packageFolder = packageWith('closed', 'require("node:fs").appendFileSync("tries", "x"); process.exit(1)')
    const tries = path.join(packageFolder, 'tries')
    expect(await electronProgram({ packageFolder, limitMs: 25_000 })).toEqual({ why: 'Electron\'s program is not here: it can not be fetched from here' })
    rmSync(tries)
    expect(await electronProgram({ packageFolder, limitMs: 25_000 })).toEqual({ why: 'Electron\'s program is not here, and could not be fetched today' })
    expect(existsSync(tries)).toBe(false)
    writeFileSync(path.join(packageFolder, 'install.js'), fetches)
    expect(await electronProgram({ packageFolder, limitMs: 25_000, now: Date.now() + 25 * 3_600_000 })).toEqual({ program: path.join(packageFolder, 'dist', 'electron') })
  })

  it('is not waited for longer than the limit', async () => {
    const packageFolder = packageWith('slow', 'setInterval(() => {}, 1000)')
    expect(await electronProgram({ packageFolder, limitMs: 1000 })).toEqual({ why: 'Electron\'s program is not here: it did not come within 1 seconds' })
  })

  it('is not there where the package says it is and it is not', async () => {
    const packageFolder = packageWith('broken', 'process.exit(0)')
    writeFileSync(path.join(packageFolder, 'path.txt'), 'electron')
    expect(await electronProgram({ packageFolder, limitMs: 25_000 })).toEqual({ why: 'Electron\'s program is not here: its package does not hold it' })
  })

  it('is not there where nothing is installed', async () => {
    expect(await electronProgram({ packageFolder: path.join(top, 'none'), limitMs: 25_000 })).toEqual({ why: 'Electron is not installed' })
  })
})
