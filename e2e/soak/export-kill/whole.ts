import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readNumberedVideo } from '../../fixtures/numbered-video-reader.ts'
import type { Request } from './request.ts'

/** Names of passing files: nobody takes them for a clip. */
export const isPassing = (name: string): boolean => name.startsWith('.scenedex-')

const isInOrder = (numbers: readonly (number | null)[]): boolean => numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? NaN) + 1)

async function wrongVideo(file: string, { kind, asked }: Request): Promise<string[]> {
  const { pictures, complaints, sound } = await readNumberedVideo(file, 'a:0')
  const numbers = pictures.map(({ number }) => number)
  const wanted = asked.flatMap((clip) => clip.pictures.map(({ number }) => number))
  // What a copy holds beside it was said only at the end, which it may not have reached.
  const isRight = kind === 'copy' ? isInOrder(numbers) && wanted.every((number) => numbers.includes(number)) : numbers.join() === wanted.join()
  return [
    ...(isRight ? [] : [`it holds ${numbers.length} pictures from ${String(numbers[0])} to ${String(numbers.at(-1))} instead of ${wanted.length} from ${String(wanted[0])} to ${String(wanted.at(-1))}`]),
    ...(sound === null ? ['it has no sound'] : []),
    ...complaints,
  ]
}

function wrongCaptions(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return /\r\n[^\r\n]+\r\n$/.test(text) && !/-->[^\r\n]*\r\n\r\n/.test(text) ? [] : [`the captions are not whole: ${JSON.stringify(text.slice(-40))}`]
}

/** Reads what has come into a folder under a final name since `before`, and says what is not whole. */
export async function notWhole(folder: string, before: ReadonlySet<string>, request: Request): Promise<{ files: number, wrong: string[] }> {
  const names = readdirSync(folder).filter((name) => !before.has(name) && !isPassing(name))
  const wrong: string[] = []
  for (const name of names) {
    const file = path.join(folder, name)
    const found = name.endsWith('.srt') ? wrongCaptions(file) : await wrongVideo(file, request).catch((error: unknown) => [`it can not be read: ${String(error)}`])
    wrong.push(...found.map((reason) => `${request.args.join(' ')}: ${name}: ${reason}`))
  }
  return { files: names.length, wrong }
}
