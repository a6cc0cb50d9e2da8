import { AppError, isCancel, toErrorShape } from '../../core/errors.ts'

/** What is being done, and what of it stands in no log: what a person searches for is theirs alone. */
export interface Doing { kind: string, secret: string }

function wordsOf(secret: string): string[] {
  return secret.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0)
}

/** The text of an error for the log, without its message where that has words of what was searched for. */
function reported(error: unknown, { kind, secret }: Doing): string {
  if (!(error instanceof Error)) return `${kind}: something that is no error was thrown`
  const said = new Set(wordsOf(error.message))
  const isTold = !wordsOf(secret).some((word) => said.has(word))
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  // A stack begins with the message, which may have several lines.
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${kind}: ${error.name}${code}: ${isTold ? error.message : '(what it says has words of the search)'}`, ...places].join('\n')
}

/** Does something; of an error that is no AppError it tells `onBug`, once, and who asked hears only that there was one. */
export function bugReport(onBug: (text: string) => void): <Value>(doing: Doing, work: () => Promise<Value>) => Promise<Value> {
  return async (doing, work) => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof AppError || isCancel(error)) throw error
      onBug(reported(error, doing))
      const { code, ...texts } = toErrorShape(error, 'the search')
      throw new AppError(code, texts)
    }
  }
}
