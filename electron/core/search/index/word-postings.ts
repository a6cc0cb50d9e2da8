import { folded } from '../../store/folded-text.ts'
import { ByteList } from './byte-list.ts'
import type { AskedWord } from './word-expression.ts'

/** What the word index holds of a scene. */
export interface SceneText { said: string, title: string }

interface Occurrences { said: number, title: number }

/** The scenes that have a word, in the order of their numbers. */
class Postings extends ByteList {
  last = -1
  count = 0
}

/** Numbers of texts, and how often a word is said in each and is in its title. */
export interface Having { numbers: Uint32Array, said: Uint8Array, title: Uint8Array, size: number }

const IN_SAID = 1
const IN_TITLE = 2
const SEVERAL = 4
const KINDS = 8
const MOST_TIMES = 100
// Numbers of texts that are not current any more are taken out when there are so many times more of them than of others.
const MOST_DEAD = 0.5
const FEW_DEAD = 10_000
const FEWEST = 1024
// Objects and the word itself, beside the bytes of its list. Measured here, 2026-11-21: 317 to 341 with 200,000 words.
const BYTES_A_WORD = 330
const ROOM = 1.25

const token = /[\p{L}\p{N}\p{Co}\p{Mn}\p{Mc}]+/gu
const PLAIN = /^[\sa-z0-9.,;:!?'"()-]*$/

function tokensOf(text: string): string[] {
  // What was put into the index is folded already, but by an older version.
  return (PLAIN.test(text) ? text : folded(text)).match(token) ?? []
}

function grown(column: Int32Array<ArrayBuffer>, count: number): Int32Array<ArrayBuffer> {
  if (count <= column.length) return column
  const larger = new Int32Array(Math.ceil(Math.max(FEWEST, count, column.length * 1.0625))).fill(-1)
  larger.set(column)
  return larger
}

/**
 * The words of all scenes, in about 40 bytes a scene: for each word the scenes that have it, as differences between their numbers. A text gets the
 * next number whenever it is put: an older one of the same scene is dead from then on.
 */
export class WordPostings {
  /** Numbers given so far. */
  numbers = 0
  /** Texts that are current, and their words in all. */
  count = 0
  words = 0
  private readonly postings = new Map<string, Postings>()
  private sorted: string[] | null = null
  private readonly found: Having = { numbers: new Uint32Array(), said: new Uint8Array(), title: new Uint8Array(), size: 0 }
  /** By the place of a scene. */
  private numberAt = new Int32Array()
  /** By the number of a text: the place of its scene, -1 for a dead one. */
  places = new Int32Array()
  /** By the number of a text: how many words it has. */
  lengths = new Int32Array()
  /** Room for who counts something by the number of a text, and leaves it all 0. */
  times = new Uint16Array()

  /** Where most of the memory is dead texts, all is to be read anew. */
  get isWornOut(): boolean { return this.numbers - this.count > FEW_DEAD && this.numbers - this.count > this.count * MOST_DEAD }

  /** Of memory; about, for what belongs to each word. */
  get bytes(): number {
    let sum = this.numberAt.byteLength + this.places.byteLength + this.lengths.byteLength + this.times.byteLength
    for (const { bytes } of this.postings.values()) sum += bytes.length + BYTES_A_WORD
    return sum
  }

  /** Whether there is a text of the scene at a place. */
  has(place: number): boolean { return this.numberOf(place) >= 0 }

  /** The number of the text of the scene at a place; -1 where there is none. */
  numberOf(place: number): number { return this.numberAt[place] ?? -1 }

  /** Takes in the text of the scene at a place, which had another one or none. */
  put(place: number, { said, title }: SceneText): void {
    this.remove(place)
    const [ofSaid, ofTitle] = [tokensOf(said), tokensOf(title)]
    const number = this.numbers++
    this.places = grown(this.places, this.numbers)
    this.lengths = grown(this.lengths, this.numbers)
    this.numberAt = grown(this.numberAt, place + 1)
    this.places[number] = place
    this.numberAt[place] = number
    if (this.times.length < this.numbers) this.times = new Uint16Array(this.places.length)
    this.lengths[number] = ofSaid.length + ofTitle.length
    this.count++
    this.words += ofSaid.length + ofTitle.length
    const times = new Map<string, Occurrences>()
    for (const word of ofSaid) occurrencesOf(times, word).said++
    for (const word of ofTitle) occurrencesOf(times, word).title++
    for (const [word, occurrences] of times) this.add(word, number, occurrences)
  }

  remove(place: number): void {
    const number = this.numberAt[place] ?? -1
    if (number < 0) return
    this.count--
    this.words -= this.lengths[number] ?? 0
    this.places[number] = -1
    this.numberAt[place] = -1
  }

  private add(word: string, number: number, { said, title }: Occurrences): void {
    let known = this.postings.get(word)
    if (known === undefined) {
      known = new Postings()
      this.postings.set(word, known)
      this.sorted = null
    }
    const isSeveral = said > 1 || title > 1
    known.push((number - known.last) * KINDS + (said > 0 ? IN_SAID : 0) + (title > 0 ? IN_TITLE : 0) + (isSeveral ? SEVERAL : 0))
    if (isSeveral) {
      known.push(Math.min(said, MOST_TIMES))
      known.push(Math.min(title, MOST_TIMES))
    }
    known.last = number
    known.count++
  }

  private beginningWith(beginning: string): string[] {
    this.sorted ??= [...this.postings.keys()].sort()
    const { sorted } = this
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] ?? '') < beginning) low = middle + 1
      else high = middle
    }
    let end = low
    while (sorted[end]?.startsWith(beginning) === true) end++
    return sorted.slice(low, end)
  }

  /** The current texts that have the word; one that has several words with the beginning is there once for each of them. To be used before the next is asked for. */
  having({ word, isPrefix }: Pick<AskedWord, 'word' | 'isPrefix'>): Having {
    this.found.size = 0
    for (const one of isPrefix ? this.beginningWith(word) : [word]) {
      const postings = this.postings.get(one)
      if (postings !== undefined) this.read(postings)
    }
    return this.found
  }

  private makeRoom(more: number): Having {
    const { found } = this
    if (found.size + more <= found.numbers.length) return found
    const room = Math.ceil((found.size + more) * ROOM)
    const { numbers, said, title } = found
    found.numbers = new Uint32Array(room)
    found.said = new Uint8Array(room)
    found.title = new Uint8Array(room)
    found.numbers.set(numbers)
    found.said.set(said)
    found.title.set(title)
    return found
  }

  private read({ bytes, size, count }: Postings): void {
    const { places } = this
    const found = this.makeRoom(count)
    const { numbers, said, title } = found
    let [at, number, end] = [0, -1, found.size]
    const next = (): number => {
      let byte = bytes[at++] ?? 0
      let value = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++] ?? 0
        value |= (byte & 127) << shift
      }
      return value
    }
    while (at < size) {
      const entry = next()
      number += entry >>> 3
      const isSeveral = (entry & SEVERAL) !== 0
      numbers[end] = number
      said[end] = isSeveral ? next() : entry & IN_SAID
      title[end] = isSeveral ? next() : (entry & IN_TITLE) >> 1
      // A dead one is written over by the next.
      if ((places[number] ?? -1) >= 0) end++
    }
    found.size = end
  }
}

function occurrencesOf(times: Map<string, Occurrences>, word: string): Occurrences {
  let known = times.get(word)
  if (known === undefined) {
    known = { said: 0, title: 0 }
    times.set(word, known)
  }
  return known
}
