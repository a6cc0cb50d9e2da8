import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { z } from 'zod'
import { sharedMedia } from '../../shared-media.ts'
import type { CaptionedPicture } from '../pictures-with-captions.ts'
import { coco, flickr8k } from '../pictures-with-captions.ts'
import { knownTexts } from '../spoken-sounds.ts'

/** A video of one scene: what is said in it, and what is to be seen. */
export interface KnownScene {
  name: string
  said: string | null
  /** A picture file. */
  picture: string | null
}

/** A question, and the names of the scenes that answer it. */
export interface KnownQuery { query: string, right: string[] }

/** Questions with known answers over scenes of their own. */
export interface QuerySet { name: string, scenes: KnownScene[], queries: KnownQuery[] }

const Heard = z.object({ segments: z.array(z.object({ text: z.string() })) })
// About as much as is said in a scene.
const WORDS_A_SCENE = 20

/** What is said in the recordings of the shared media, in pieces as long as a scene. */
function spokenPieces(): string[] {
  const folder = sharedMedia('speech', 'whisper-output', 'expected', 'medium_auto')
  const heard = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.words.json')).sort() : []
  const texts = [
    ...knownTexts().map(({ text }) => text.toLowerCase()),
    ...heard.map((name) => Heard.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))).segments.map(({ text }) => text).join(' ')),
  ]
  return texts.flatMap((text) => {
    const words = text.split(/\s+/).filter((word) => word !== '')
    return Array.from({ length: Math.floor(words.length / WORDS_A_SCENE) }, (_, at) => words.slice(at * WORDS_A_SCENE, (at + 1) * WORDS_A_SCENE).join(' '))
  })
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])]
}

/** The rarest words of a text, in its order: what a person types who remembers what it was about. */
function keywords(texts: readonly string[], count: number): (text: string) => string {
  const scenes = new Map<string, number>()
  for (const word of texts.flatMap(wordsOf)) scenes.set(word, (scenes.get(word) ?? 0) + 1)
  return (text) => {
    const words = wordsOf(text)
    const rarest = new Set([...words].sort((a, b) => (scenes.get(a) ?? 0) - (scenes.get(b) ?? 0) || (a < b ? -1 : 1)).slice(0, count))
    return words.filter((word) => rarest.has(word)).join(' ')
  }
}

const nameOf = (_: unknown, at: number): string => `x${String(at).padStart(4, '0')}x`

/** The first caption of a picture asks, the second one is said. */
const asked = ({ captions }: CaptionedPicture): string => captions[0] ?? ''
const said = ({ captions }: CaptionedPicture): string => captions[1] ?? ''

const MOST_KEYWORDS = 3

function captionSets(pictures: readonly CaptionedPicture[]): QuerySet[] {
  const short = keywords(pictures.map(asked), MOST_KEYWORDS)
  const sentences = pictures.map((picture, at) => ({ query: asked(picture), right: [nameOf(picture, at)] }))
  const few = pictures.map((picture, at) => ({ query: short(asked(picture)), right: [nameOf(picture, at)] }))
  const both = pictures.map((picture, at): KnownScene => ({ name: nameOf(picture, at), said: said(picture), picture: picture.file }))
  const halves = both.map((scene, at): KnownScene => at % 2 === 0 ? { ...scene, picture: null } : { ...scene, said: null })
  return [
    { name: 'said and shown, sentences', scenes: both, queries: sentences },
    { name: 'said and shown, keywords', scenes: both, queries: few },
    { name: 'half said, half shown, sentences', scenes: halves, queries: sentences },
    { name: 'half said, half shown, keywords', scenes: halves, queries: few },
  ]
}

/** Over each picture something is said that has nothing to do with it. */
function overlaidSets(pictures: readonly CaptionedPicture[]): QuerySet[] {
  const pieces = spokenPieces()
  const short = keywords(pieces, MOST_KEYWORDS)
  const scenes = pictures.map((picture, at): KnownScene => ({ name: nameOf(picture, at), said: pieces[at] ?? null, picture: picture.file }))
  const shown = pictures.map((picture, at): KnownQuery => ({ query: asked(picture), right: [nameOf(picture, at)] }))
  const spoken = pieces.slice(0, pictures.length).map((piece, at): KnownQuery => ({ query: short(piece), right: [nameOf(piece, at)] }))
  return [
    { name: 'other things said, asked for pictures', scenes, queries: shown },
    { name: 'other things said, asked for words', scenes, queries: spoken },
    { name: 'other things said, asked for both', scenes, queries: [...spoken, ...shown.slice(0, spoken.length)] },
  ]
}

/** One word for a thing that is to be seen, and perhaps spoken of. */
function objectSet(pictures: readonly CaptionedPicture[]): QuerySet {
  const names = [...new Set(pictures.flatMap(({ objects }) => objects))].sort()
  return {
    name: 'names of things',
    scenes: pictures.map((picture, at) => ({ name: nameOf(picture, at), said: said(picture), picture: picture.file })),
    queries: names.map((query) => ({ query, right: pictures.flatMap((picture, at) => picture.objects.includes(query) ? [nameOf(picture, at)] : []) })),
  }
}

/** Sets of questions over the pictures and the speech of the shared media; none where they are not here. */
export function querySets(): QuerySet[] {
  const [some, others] = [flickr8k(), coco()]
  if (some.length === 0 || others.length === 0) return []
  const all = [...some, ...others]
  return [...captionSets(all), ...overlaidSets(all), objectSet(others)]
}
