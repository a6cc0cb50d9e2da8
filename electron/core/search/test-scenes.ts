import { SceneId } from '../../contract/ids.ts'
import type { VideoId } from '../../contract/ids.ts'
import type { SearchAnswer } from '../../contract/search.ts'
import type { NamedColour, SaidWord } from '../../contract/videos.ts'
import { SearchInput } from '../../contract/search.ts'
import type { WriteDatabase } from '../ports.ts'
import type { Library } from '../store/database.ts'
import { addScene } from '../store/scenes.ts'
import { addSegment } from '../store/speech.ts'
import { indexWords } from '../store/scene-words.ts'
import { testClock, testMedia, testVideo } from '../store/test-library.ts'
import { putUsual } from '../store/usual.ts'
import type { VectorKind } from '../store/vector-index.ts'
import { setFacts, setVideoState } from '../store/videos.ts'
import { usualWay } from '../usual/way.ts'
import type { QueryEncoders } from './answering.ts'
import type { SearchTools } from './asked-search.ts'
import { searchScenes } from './search-scenes.ts'
import { storedVectors } from './stored-vectors.ts'

/** A scene in seconds, and how it looks. */
export interface TestScene { from: number, to: number, motion?: number, brightness?: number, colours?: NamedColour[] }

/** What is said from `from` to `to`; its words are spread over the time by their letters. */
export interface TestCue { from: number, to: number, text: string, language?: string }

export interface TestFilm { title: string, recordedAt?: string, scenes: TestScene[], cues: TestCue[] }

function spread({ from, to, text }: TestCue): SaidWord[] {
  const words = text.split(/\s+/)
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  let start = from
  return words.map((word) => {
    const end = start + (to - from) * word.length / letters
    const said = { text: word, start, end }
    start = end
    return said
  })
}

function addScenes(db: WriteDatabase, id: VideoId, film: TestFilm): SceneId[] {
  const pts = (seconds: number): number => Math.round(seconds * 1000) + testMedia.picture.startPts
  for (const cue of film.cues) {
    addSegment(db, id, { source: 'embedded:2', language: cue.language ?? 'en', startSeconds: cue.from, endSeconds: cue.to, text: cue.text, words: spread(cue) })
  }
  return film.scenes.map((scene) => SceneId.parse(addScene(db, id, {
    startPts: pts(scene.from), endPts: pts(scene.to), keyframePts: pts((scene.from + scene.to) / 2),
    motion: scene.motion ?? 0.05, brightness: scene.brightness ?? 0.5, colours: scene.colours ?? [],
  })))
}

/** Stores a film as the pipeline would. Gives the video and its scenes in order. */
export function addFilm(library: Library, film: TestFilm): { id: VideoId, scenes: SceneId[] } {
  const id = testVideo(library, film.title)
  setFacts(library.db, id, { ...testMedia, recordedAt: film.recordedAt ?? null })
  return library.db.transaction(() => {
    const scenes = addScenes(library.db, id, film)
    indexWords(library.db, id, null)
    setVideoState(library.db, id, { state: 'ready', error: null })
    return { id, scenes }
  })
}

/** As if it was learned that what is as near as this is found by one unrelated question in twenty, and 0.01 nearer by less than one in a thousand. */
export function setBar(library: Library, kind: VectorKind, { bar, dimensions }: { bar: number, dimensions: number }): void {
  const nothing = new Float32Array(dimensions)
  // From 0.75 to 0.9 of the questions an exponential tail, as `chanceOf` draws it.
  const scale = 0.002
  const best = Float32Array.from({ length: 101 }, (_, at) => bar - scale * Math.log(Math.max(10, Math.min(25, 100 - at)) / 5))
  putUsual(library.db, kind, { way: usualWay, usual: { vectors: 4, texts: nothing, library: nothing, best } })
}

const nobody: QueryEncoders = { pictures: async () => null, text: async () => null, embedderOf: async () => null }

/** How a search without models is done. */
export function toolsFor(library: Library): SearchTools {
  return { database: library.db, clock: testClock, encoders: nobody, vectors: storedVectors(library.db) }
}

type Asked = Partial<SearchTools> & { limit?: number, weights?: SearchInput['weights'], signal?: AbortSignal }

export async function ask(library: Library, query: string, { limit, weights, signal, ...tools }: Asked = {}): Promise<SearchAnswer> {
  const input = SearchInput.parse({ query, limit: limit ?? 20, weights: weights ?? {} })
  return searchScenes(input, { ...toolsFor(library), ...tools }, signal ?? AbortSignal.timeout(60_000))
}

/** The hits as "title start-end". */
export function spans(answer: SearchAnswer): string[] {
  return answer.hits.map(({ title, start, end }) => `${title} ${Number(start.toFixed(2))}-${Number(end.toFixed(2))}`)
}

/** The hits in no order. */
export async function searchAll(library: Library, query: string): Promise<string[]> {
  return spans(await ask(library, query)).sort()
}

/** The reasons of the first hit as "kind second: text". */
export function reasons(answer: SearchAnswer): string[] {
  return (answer.hits[0]?.reasons ?? []).map(({ kind, text, at }) => `${kind}${at === null ? '' : ` ${Number(at.toFixed(2))}`}: ${text}`)
}
