import type { SubtitleStream } from '../../facts.ts'
import type { Cue } from './cue.ts'
import { lineText } from './cue.ts'
import { languageKey, languageTag } from '../../language.ts'
import type { Sidecar } from './sidecars.ts'

/** Where subtitles of a video can be taken from. */
export interface Source {
  /** As stored with each segment: `sidecar:<file name>` or `embedded:<stream index>`. */
  name: string
  from: { kind: 'sidecar', sidecar: Sidecar } | { kind: 'embedded', streamIndex: number }
  language: string | null
  isForced: boolean
  isHearingImpaired: boolean
}

/** Many files carry the mark in the title of the track only. */
function embeddedSource(stream: SubtitleStream): Source {
  const title = stream.title ?? ''
  return {
    name: `embedded:${String(stream.index)}`,
    from: { kind: 'embedded', streamIndex: stream.index },
    language: languageTag(stream.language),
    isForced: stream.isForced || /\bforced\b/i.test(title),
    isHearingImpaired: stream.isHearingImpaired || /\b(sdh|cc|hearing.impaired)\b/i.test(title),
  }
}

/**
 * All sources, the preferred first. Among those of one language only the first that holds text is taken: full before forced,
 * sidecar before embedded, plain before hearing-impaired, the default track first.
 */
export function orderedSources(sidecars: Sidecar[], streams: SubtitleStream[]): Source[] {
  const beside = sidecars.map((sidecar): Source => ({ name: `sidecar:${sidecar.fileName}`, from: { kind: 'sidecar', sidecar }, ...marksOf(sidecar) }))
  const inside = streams.filter((stream) => stream.isText).toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault)).map(embeddedSource)
  const rank = (source: Source): number =>
    Number(source.isForced) * 4 + Number(source.from.kind === 'embedded') * 2 + Number(source.isHearingImpaired)
  return [...beside, ...inside].toSorted((one, other) => rank(one) - rank(other))
}

function marksOf(sidecar: Sidecar): Pick<Source, 'language' | 'isForced' | 'isHearingImpaired'> {
  const { language, isForced, isHearingImpaired } = sidecar
  return { language, isForced, isHearingImpaired }
}

/** Two sources that share so much of their text are one: a track without a language, or marked wrongly, beside its copy. */
const SAME_SHARE = 0.8

function textsOf(cues: Cue[]): Set<string> {
  return new Set(cues.map((cue) => cue.lines.map(lineText).join(' ').toLowerCase()))
}

/** Remembers what was taken and says what is wanted after it. */
export class SourceChoice {
  readonly #languages = new Set<string>()
  readonly #texts: Set<string>[] = []

  /** False for a source whose language is there already, and for a forced one when anything is there. */
  wants(source: Source): boolean {
    if (source.isForced) return this.#texts.length === 0
    return source.language === null || !this.#languages.has(languageKey(source.language))
  }

  /** True when the cues are taken; false when they are none, or the text of another source once more. */
  take(source: Source, cues: Cue[]): boolean {
    const texts = textsOf(cues)
    if (texts.size === 0 || this.#texts.some((taken) => isSame(taken, texts))) return false
    this.#texts.push(texts)
    if (source.language !== null) this.#languages.add(languageKey(source.language))
    return true
  }
}

function isSame(one: Set<string>, other: Set<string>): boolean {
  const shared = Array.from(one).filter((text) => other.has(text)).length
  return shared >= SAME_SHARE * Math.min(one.size, other.size)
}
