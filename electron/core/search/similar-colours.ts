import type { NamedColour } from '../../contract/videos.ts'
import type { ReadDatabase } from '../ports.ts'
import type { SceneLook } from '../store/similar-scenes.ts'
import { scenesAbout } from '../store/similar-scenes.ts'
import type { FoundScene } from '../store/word-index.ts'
import type { Likeness } from './likeness.ts'

const MOST_FOUND = 100

/** How far from the brightness of the scene others are looked at, and how many: what differs more does not look alike. */
const BRIGHTNESS_WITHIN = 0.15
const MOST_COMPARED = 5000
const WORTH_COMPARING = 0.5
const GOOD_LIKENESS = 0.75
// Motion is small numbers: 0.02 is a talking head, 0.2 a pan.
const MOTION_SCALE = 0.1

interface Shared { likeness: number, colours: NamedColour[] }

function sharedColours(a: readonly NamedColour[], b: readonly NamedColour[]): NamedColour[] {
  return a.map(({ name, share }) => ({ name, share: Math.min(share, b.find((other) => other.name === name)?.share ?? 0) }))
    .filter(({ share }) => share > 0).sort((one, other) => other.share - one.share)
}

// Every other picture is partly grey or black: it says little.
const COLOURLESS = new Set(['black', 'grey', 'white'])

const sum = (colours: readonly NamedColour[]): number => colours.reduce((total, { name, share }) => total + (COLOURLESS.has(name) ? 0.5 : 1) * share, 0)

/** 1 for what looks the same by colours, brightness and motion. Colours are compared as distributions, by what they share. */
function likenessOf(a: Pick<SceneLook, 'colours' | 'brightness' | 'motion'>, b: Pick<SceneLook, 'colours' | 'brightness' | 'motion'>): Shared {
  const colours = sharedColours(a.colours, b.colours)
  const overlap = sum(colours) / Math.max(sum(a.colours), sum(b.colours), 0.01)
  const brightness = 1 - Math.min(1, Math.abs(a.brightness - b.brightness) / (2 * BRIGHTNESS_WITHIN))
  const motion = 1 - Math.min(1, Math.abs(a.motion - b.motion) / MOTION_SCALE)
  return { likeness: 0.65 * overlap + 0.25 * brightness + 0.1 * motion, colours }
}

/** Scenes that look like this one as far as that can be told without a model: by colours, brightness and motion, the most alike first. */
export function colouredLike(db: ReadDatabase, self: FoundScene): Likeness[] {
  const [strongest] = [...self.colours].sort((a, b) => b.share - a.share)
  const candidates = scenesAbout(db, { brightness: self.brightness, within: BRIGHTNESS_WITHIN, colour: strongest?.name ?? null, limit: MOST_COMPARED })
  return candidates.filter(({ id }) => id !== self.id)
    .map((look) => ({ id: look.id, ...likenessOf(self, look) }))
    .filter(({ likeness }) => likeness >= WORTH_COMPARING)
    .sort((a, b) => b.likeness - a.likeness || a.id - b.id)
    .slice(0, MOST_FOUND)
    .map(({ id, likeness, colours }): Likeness => ({
      id, isGood: likeness >= GOOD_LIKENESS,
      reason: (score) => {
        const named = colours.slice(0, 2).map(({ name, share }) => `${name} ${Math.round(share * 100)} %`)
        return { kind: 'colour', text: named.length === 0 ? 'as bright and as still' : `colours alike: ${named.join(', ')}`, score, at: null, chance: null }
      },
    }))
}
