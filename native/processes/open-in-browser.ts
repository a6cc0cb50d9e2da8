import { spawn } from 'node:child_process'

function opener(address: string): { program: string, args: string[] } {
  switch (process.platform) {
    case 'darwin': return { program: 'open', args: [address] }
    // `start` is part of the shell, which would take the address apart; this is what it does.
    case 'win32': return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', address] }
    default: return { program: 'xdg-open', args: [address] }
  }
}

/** Opens an address in the person's browser. Where there is none nothing happens: the address has been shown as well. */
export function openInBrowser(address: string): void {
  const { program, args } = opener(address)
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
