import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'

// A browser that has to be started first takes its time.
const NEEDED_MS = 60_000

function opener(file: string): { program: string, args: string[] } {
  switch (process.platform) {
    case 'darwin': return { program: 'open', args: [file] }
    // `start` is part of the shell, which would take the name apart; this is what it does.
    case 'win32': return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', file] }
    default: return { program: 'xdg-open', args: [file] }
  }
}

function write(folder: string, text: string): string | null {
  const file = path.join(folder, `scenedex-${randomUUID()}.html`)
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
    return file
  } catch {
    return null
  }
}

/**
 * Opens an address that holds a secret in the person's browser. It goes there by way of a file that only they can read, since every
 * user of a machine can see what programs are started with. Where there is no browser nothing happens: the address has been shown
 * as well.
 */
export function openInBrowser(address: string): void {
  const text = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Scenedex</title><script>location.replace(${JSON.stringify(address)})</script>\n`
  // Browsers that come as a snap see no temporary folder, only what lies open in the person's home.
  const file = (process.platform === 'linux' ? write(homedir(), text) : null) ?? write(tmpdir(), text)
  if (file === null) return
  const remove = (): void => { rmSync(file, { force: true }) }
  const { program, args } = opener(file)
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', remove)
  child.unref()
  setTimeout(remove, NEEDED_MS).unref()
  process.once('exit', remove)
}
