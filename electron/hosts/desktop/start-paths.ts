import path from 'node:path'
import { z } from 'zod'

export interface Start {
  /** Everything the program was started with, itself first. */
  argv: readonly string[]
  workingFolder: string
  isPackaged: boolean
  /** Where the app itself lies; Electron is told of it by an argument as long as it is not packaged. */
  appFolder: string
}

/** The files and folders that a person started the app with, as absolute paths. */
export function startPaths({ argv, workingFolder, isPackaged, appFolder }: Start): string[] {
  const absolute = (word: string): string => path.resolve(workingFolder, word)
  const appAt = argv.findIndex((word, index) => index > 0 && absolute(word) === appFolder)
  if (!isPackaged && appAt === -1) return []
  const words = argv.slice(isPackaged ? 1 : appAt + 1)
  return words.filter((word) => word !== '' && !word.startsWith('-')).map(absolute)
}

/** What a second start hands to the first. */
const SecondStart = z.object({ paths: z.array(z.string().min(1)) })
export type SecondStart = z.infer<typeof SecondStart>

/** The paths in what a second start handed over; none in anything else. */
export function pathsOfSecondStart(data: unknown): string[] {
  const parsed = SecondStart.safeParse(data)
  return parsed.success ? parsed.data.paths : []
}
