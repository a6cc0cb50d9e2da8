import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { SubtitleDocument } from '../../piece-ports.ts'
import { languageByName, languageTag } from '../../language.ts'

/** A subtitle file that lies beside its video and is named after it. */
export interface Sidecar {
  path: string
  fileName: string
  format: SubtitleDocument['format']
  language: string | null
  isForced: boolean
  isHearingImpaired: boolean
}

const FORMATS = new Map<string, Sidecar['format']>([['.srt', 'srt'], ['.vtt', 'vtt'], ['.ass', 'ass'], ['.ssa', 'ass']])

/** A day of captions is some 10 MB; a larger file is no text for people. */
const LARGEST_SIDECAR_BYTES = 20 * 1024 * 1024

const HEARING_IMPAIRED = new Set(['sdh', 'cc', 'hoh'])

const FORCED = new Set(['forced', 'foreign'])

/** Marks without a meaning for us that are no languages. */
const OTHER_MARKS = new Set(['default', 'full', 'auto', 'orig'])

type Marks = Pick<Sidecar, 'language' | 'isForced' | 'isHearingImpaired'>

/** What one word of a name says, after what the words before it said; null when it is no mark. */
function readMark(word: string, before: Marks): Partial<Marks> | null {
  // "sdh" is also Southern Kurdish and "hi" Hindi: the first is rarer than the mark, the second is a mark only after a language.
  if (HEARING_IMPAIRED.has(word) || (word === 'hi' && before.language !== null)) return { isHearingImpaired: true }
  if (FORCED.has(word)) return { isForced: true }
  if (OTHER_MARKS.has(word)) return {}
  const language = languageTag(word) ?? languageByName(word)
  return language === null || before.language !== null ? null : { language }
}

/** What ".en-US.forced" says; null when it holds a word that is no mark, so that the file belongs to another video. */
function readMarks(words: string[]): Marks | null {
  let marks: Marks = { language: null, isForced: false, isHearingImpaired: false }
  for (const word of words) {
    const mark = readMark(word, marks)
    if (mark === null) return null
    marks = { ...marks, ...mark }
  }
  return marks
}

function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/**
 * The subtitle files among `names` (of one folder) that belong to the video: its name, then marks between dots (language by
 * tag or name, forced, sdh), then .srt, .vtt, .ass or .ssa, in any case. A file named after another video exactly is that one's.
 */
export function sidecarsAmong(names: string[], videoPath: string): Sidecar[] {
  const own = comparable(path.parse(videoPath).name)
  const others = new Set(names.filter((name) => !FORMATS.has(path.extname(name).toLowerCase())).map((name) => comparable(path.parse(name).name)))
  others.delete(own)
  return names.toSorted().flatMap((fileName) => {
    const format = FORMATS.get(path.extname(fileName).toLowerCase())
    const base = comparable(path.parse(fileName).name)
    if (format === undefined || others.has(base) || (base !== own && !base.startsWith(`${own}.`))) return []
    const marks = readMarks(base === own ? [] : base.slice(own.length + 1).split('.'))
    return marks === null ? [] : [{ path: path.join(path.dirname(videoPath), fileName), fileName, format, ...marks }]
  })
}

/** The subtitle files of a video. A folder that can not be read has none: then the video itself can hardly be read either. */
export async function findSidecars(videoPath: string): Promise<{ sidecars: Sidecar[], notes: string[] }> {
  try {
    return { sidecars: sidecarsAmong(await readdir(path.dirname(videoPath)), videoPath), notes: [] }
  } catch (error) {
    return { sidecars: [], notes: [`the folder of the video could not be listed (${reason(error)})`] }
  }
}

function reason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** The bytes of a subtitle file, or why it was not read: no regular file (a pipe would never end), too large, no access. */
export async function readSidecar(sidecar: Sidecar, signal: AbortSignal): Promise<{ bytes: Uint8Array } | { note: string }> {
  try {
    const facts = await stat(sidecar.path)
    if (!facts.isFile()) return { note: `${sidecar.fileName} is not a regular file` }
    if (facts.size > LARGEST_SIDECAR_BYTES) return { note: `${sidecar.fileName} is larger than ${String(LARGEST_SIDECAR_BYTES / 1024 / 1024)} MB` }
    return { bytes: await readFile(sidecar.path, { signal }) }
  } catch (error) {
    signal.throwIfAborted()
    return { note: `${sidecar.fileName} could not be read (${reason(error)})` }
  }
}
