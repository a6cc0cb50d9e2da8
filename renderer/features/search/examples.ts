import type { SceneId } from '../../../electron/contract/ids.ts'
import type { SearchHit } from '../../../electron/contract/search.ts'
import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'

/** A query that finds something in this library, and a picture of it. */
export interface Example { query: string, label: string, scene: SceneId }

const { tiles } = messages.search.start
const { colours } = messages.search.filters

const looks: readonly { query: string, label: string }[] = [
  { query: 'motion:fast', label: tiles.fast },
  { query: 'color:blue', label: tiles.coloured(colours.blue.toLowerCase()) },
  { query: 'bright:dark', label: tiles.dark },
  { query: 'longer:10s', label: tiles.long },
  { query: 'color:red', label: tiles.coloured(colours.red.toLowerCase()) },
  { query: 'motion:still', label: tiles.still },
  { query: 'color:green', label: tiles.coloured(colours.green.toLowerCase()) },
]

const MOST = 8
// Short words are common ones.
const LEAST_LETTERS = 6

async function firstHit(query: string, signal: AbortSignal): Promise<SearchHit | null> {
  const { hits } = await engine.call('search.query', { query, limit: 1 }, signal)
  return hits[0] ?? null
}

/** A word that somebody says in one of the videos, the longest of its scene. */
async function saidExample(hit: SearchHit, signal: AbortSignal): Promise<Example | null> {
  const { scenes } = await engine.call('library.scenes', { video: hit.videoId }, signal)
  const scene = scenes.find(({ said }) => said.length > 0)
  const words = scene?.said.flatMap(({ text }) => text.match(/\p{L}+/gu) ?? []) ?? []
  const [longest] = words.sort((a, b) => b.length - a.length)
  if (scene === undefined || longest === undefined || longest.length < LEAST_LETTERS) return null
  const word = longest.toLowerCase()
  return { query: word, label: tiles.said(word), scene: scene.id }
}

/** Queries that find something in this library, one after the other so that nobody has to wait for them. */
export async function libraryExamples(onFound: (example: Example) => void, signal: AbortSignal): Promise<void> {
  const shown = new Set<SceneId>()
  const offer = (example: Example | null): void => {
    if (example === null || shown.has(example.scene) || shown.size >= MOST) return
    shown.add(example.scene)
    onFound(example)
  }
  const speech = await firstHit('lang:en', signal)
  if (speech !== null) offer(await saidExample(speech, signal))
  for (const { query, label } of looks) {
    const { hits } = await engine.call('search.query', { query, limit: 6 }, signal)
    const hit = hits.find(({ sceneId }) => !shown.has(sceneId))
    if (hit !== undefined) offer({ query, label, scene: hit.sceneId })
  }
}
