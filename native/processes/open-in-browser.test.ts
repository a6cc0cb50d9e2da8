import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { openInBrowser } from './open-in-browser.ts'

const home = mkdtempSync(path.join(tmpdir(), 'scenedex-browser-'))
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

describe.runIf(process.platform === 'linux')('the browser', () => {
  it('is led to the address without anybody seeing it in a list of processes', async () => {
    const told = path.join(home, 'told')
    writeFileSync(path.join(home, 'xdg-open'), `#!/bin/sh\necho "$@" > ${told}.part\nmv ${told}.part ${told}\n`)
    chmodSync(path.join(home, 'xdg-open'), 0o755)
    vi.stubEnv('HOME', home)
    vi.stubEnv('PATH', `${home}:/usr/bin:/bin`)
    openInBrowser('http://127.0.0.1:1234/#token=5ec2e7')
    await expect.poll(() => existsSync(told)).toBe(true)
    const given = readFileSync(told, 'utf8').trim()
    expect(given).not.toContain('5ec2e7')
    expect(readFileSync(given, 'utf8')).toContain('location.replace("http://127.0.0.1:1234/#token=5ec2e7")')
    expect(statSync(given).mode & 0o777).toBe(0o600)
    rmSync(given)
  })

  it('that is not there is no error, and nothing is left behind', async () => {
    vi.stubEnv('HOME', home)
    vi.stubEnv('PATH', path.join(home, 'none'))
    openInBrowser('http://127.0.0.1:1234/#token=5ec2e7')
    await expect.poll(() => readdirSync(home).filter((name) => name.endsWith('.html'))).toEqual([])
  })
})
