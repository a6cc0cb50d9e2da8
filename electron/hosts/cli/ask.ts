import { createInterface } from 'node:readline/promises'
import { AppError } from '../../core/errors.ts'

/**
 * Asks yes or no on the terminal; anything but yes is no. Throws USAGE where nobody is there to ask, with the option that says
 * yes beforehand, and CANCELLED on Ctrl-C.
 */
export async function agreed(question: string, { json, signal }: { json: boolean, signal: AbortSignal }): Promise<boolean> {
  if (json || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw new AppError('USAGE', { message: 'Nobody is here to be asked.', hint: 'Say yes beforehand with --yes.' })
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C while it is asked comes here and not as a signal.
  const interrupted = new AbortController()
  lines.once('SIGINT', () => { interrupted.abort() })
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal: AbortSignal.any([signal, interrupted.signal]) })
    return /^\s*(y|yes)\s*$/i.test(answer)
  } catch (error) {
    if (!interrupted.signal.aborted && !signal.aborted) throw error
    process.stderr.write('\n')
    throw new AppError('CANCELLED', { message: 'Stopped. Nothing was done.', cause: error })
  } finally {
    lines.close()
  }
}
