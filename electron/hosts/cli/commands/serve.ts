import { homedir } from 'node:os'
import process from 'node:process'
import { inspect } from 'node:util'
import { libraryFolder } from '../../../core/library-folder.ts'
import { openInBrowser } from '../../../../native/processes/open-in-browser.ts'
import { startWebHost } from '../../web/run-web-host.ts'
import type { AddCommand } from '../add-command.ts'
import { portNumber } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import type { CommonOptions } from '../session.ts'

interface ServeOptions extends CommonOptions { port: number, open?: boolean }

/** The first Ctrl-C ends the server and waits for the engine; the second ends at once. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    let isEnding = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (isEnding) process.exit(exitCodes.interrupted)
        isEnding = true
        resolve()
      })
    }
  })
}

async function serve(options: ServeOptions): Promise<void> {
  const library = libraryFolder(options.library, { platform: process.platform, env: process.env, home: homedir() })
  const end = interrupted()
  const server = await startWebHost({
    library, port: options.port,
    onBug: (where, error) => { process.stderr.write(`scenedex: something went wrong in ${where}: ${inspect(error)}\n`) },
  })
  const shown = { address: server.address, port: server.port, library }
  process.stdout.write(options.json === true ? `${JSON.stringify(shown)}\n` : `Scenedex is at ${server.address}\nOnly this machine can reach it. Ctrl-C ends it.\n`)
  if (options.open === true) openInBrowser(server.address)
  await end
  await server.close()
}

export const serveCommand: AddCommand = (parent, finish) => parent.command('serve')
  .description('Serves the app to a browser on this machine, and to nobody else.')
  .option('--port <number>', 'the port to listen on (default: one that is free)', portNumber, 0)
  .option('--open', 'open it in the default browser')
  .addHelpText('after', `
The address holds a secret. Whoever on this machine has it can do in the library what you can.

Examples:
  scenedex serve --open
  scenedex serve --port 8080 --library /mnt/videos/library`)
  .action(async (options: ServeOptions) => {
    await serve(options)
    finish(exitCodes.done)
  })
