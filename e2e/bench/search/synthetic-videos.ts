import type { NamedColour, SaidWord } from '../../../electron/contract/videos.ts'
import type { Seeded } from './seeded.ts'
import { mixed, seeded } from './seeded.ts'

/** A scene as the pipeline would find it; seconds from the first picture. */
export interface SyntheticScene {
  start: number
  end: number
  motion: number
  brightness: number
  colours: NamedColour[]
  tags: { label: string, score: number }[]
  /** Within the scene; null where nobody speaks. */
  said: { text: string, words: SaidWord[] } | null
}

export interface SyntheticVideo { title: string, recordedAt: string, language: string, scenes: SyntheticScene[] }

export const SCENES_A_VIDEO = 300
/** Each of these is fulfilled by about one scene in a hundred. */
export const ONE_PERCENT = ['motion:>0.34', 'tag:lighthouse', 'in:winter']

const COLOURS = ['black', 'grey', 'white', 'blue', 'brown', 'green', 'red', 'orange', 'yellow', 'teal', 'purple', 'pink']
const LABELS = ['beach', 'street', 'forest', 'kitchen', 'office', 'snow', 'water', 'dog', 'crowd', 'car', 'night sky', 'mountain', 'bicycle', 'stage', 'garden', 'bridge']
const RARE_LABEL = 'lighthouse'
const RARE_TITLE = 'winter'
const LANGUAGES = ['en', 'en', 'en', 'en', 'en', 'en', 'de', 'fr', 'es', 'ja']
const SPEAKING = 0.7

/** Half of one sentence and half of another: more different ones than there are, of the same words. */
function sentenceFrom(sentences: readonly string[], { pick }: Seeded): string[] {
  const [first, second] = [pick(sentences).split(/\s+/), pick(sentences).split(/\s+/)]
  return [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(Math.floor(second.length / 2))]
}

function said(sentences: readonly string[], { start, end }: { start: number, end: number }, chance: Seeded): SyntheticScene['said'] {
  if (chance.share() >= SPEAKING) return null
  const words = sentenceFrom(sentences, chance)
  const seconds = (end - start) / (words.length + 1)
  const at = (place: number): number => Number((start + seconds * (place + 0.5)).toFixed(2))
  return { text: words.join(' '), words: words.map((text, place) => ({ text, start: at(place), end: at(place + 1) })) }
}

function colours({ below, share }: Seeded): NamedColour[] {
  // Black and grey are in most pictures, pink in hardly any.
  const names = new Set(Array.from({ length: 1 + below(4) }, () => COLOURS[Math.floor(COLOURS.length * share() ** 2)]!))
  return [...names].map((name) => ({ name, share: Number((0.1 + share() * 0.3).toFixed(2)) }))
}

function tags({ below, pick, share }: Seeded): SyntheticScene['tags'] {
  const labels = new Set([...share() < 0.3 ? Array.from({ length: 1 + below(3) }, () => pick(LABELS)) : [], ...share() < 0.01 ? [RARE_LABEL] : []])
  return [...labels].map((label) => ({ label, score: Number((3 + share() * 3).toFixed(2)) }))
}

/** A video by its number: always the same one for the same sentences. */
export function syntheticVideo(number: number, sentences: readonly string[], sceneCount = SCENES_A_VIDEO): SyntheticVideo {
  const chance = seeded(mixed(number, 0x5ce7e))
  const { share, pick, below } = chance
  let end = 0
  const scenes = Array.from({ length: sceneCount }, (): SyntheticScene => {
    const start = end
    end = Number((start + 1 + share() ** 2 * 12).toFixed(3))
    return {
      start, end, motion: Number((share() ** 3 * 0.35).toFixed(4)), brightness: Number((0.05 + share() * 0.6).toFixed(3)),
      colours: colours(chance), tags: tags(chance), said: said(sentences, { start, end }, chance),
    }
  })
  const season = number % 100 === 7 ? RARE_TITLE : pick(['spring', 'summer', 'autumn'])
  const day = new Date(Date.UTC(2012, 0, 1) + below(5000) * 86_400_000)
  return { title: `${pick(sentences).split(/\s+/).slice(0, 4).join(' ')}, ${season} ${number}`, recordedAt: day.toISOString(), language: pick(LANGUAGES), scenes }
}
