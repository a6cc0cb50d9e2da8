import type { SceneId } from '../../../contract/ids.ts'
import type { StoredSegment } from '../stage.ts'
import type { Sentence, SpokenWord } from './sentences.ts'
import { sentencesOf } from './sentences.ts'

/** A scene in seconds from the first picture. */
export interface SceneSpan { id: SceneId, from: number, to: number }

/** A few sentences of what is said in a scene, and when the first of their words is said that is in it. */
export interface Passage { atSeconds: number, text: string }

/**
 * In words; about as much as one thing that is told takes. With more, what is said in passing is lost among the rest; with less, it is not
 * clear what is spoken of. 60 words are some 80 tokens, which all text models take.
 */
const WANTED = 40
const MOST = 60

interface Window { from: number, to: number }

const sizeFrom = (sentences: readonly Sentence[], { from, to }: Window): number => sentences.slice(from, to).reduce((sum, { size }) => sum + size, 0)

/** The window that begins with a sentence. One sentence is a window, however long it is. */
function windowFrom(sentences: readonly Sentence[], from: number): Window {
  let to = from + 1
  while (to < sentences.length && sizeFrom(sentences, { from, to }) < WANTED && sizeFrom(sentences, { from, to: to + 1 }) <= MOST) to++
  return { from, to }
}

/** The sentence in the middle of a window, not the first. */
function middleOf(sentences: readonly Sentence[], { from, to }: Window): number {
  const half = sizeFrom(sentences, { from, to }) / 2
  let middle = from + 1
  while (middle < to && sizeFrom(sentences, { from, to: middle + 1 }) <= half) middle++
  return middle
}

/** Sentences side by side; each window begins in the middle of the one before. */
function windowsOf(sentences: readonly Sentence[]): Window[] {
  const windows: Window[] = []
  let from = 0
  while (from < sentences.length) {
    const window = windowFrom(sentences, from)
    windows.push(window)
    if (window.to === sentences.length) break
    from = middleOf(sentences, window)
  }
  return windows
}

function isIn({ start, end }: SpokenWord, { from, to }: SceneSpan): boolean {
  return (start + end) / 2 >= from && (start + end) / 2 < to
}

/** The first scene that ends after a second: scenes are in order, and there may be thousands of them and of sentences. */
function firstEndingAfter(scenes: readonly SceneSpan[], seconds: number): number {
  let [low, high] = [0, scenes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((scenes[middle]?.to ?? Infinity) > seconds) high = middle
    else low = middle + 1
  }
  return low
}

/** The sentences of one source in each of the scenes, in order. */
function byScene(scenes: readonly SceneSpan[], sentences: readonly Sentence[]): Sentence[][] {
  const found = scenes.map((): Sentence[] => [])
  for (const sentence of sentences) {
    for (let at = firstEndingAfter(scenes, sentence.from); at < scenes.length; at++) {
      const scene = scenes[at]
      if (scene === undefined || scene.from > sentence.to) break
      if (sentence.words.some((word) => isIn(word, scene))) found[at]?.push(sentence)
    }
  }
  return found
}

/** The sentences of each source: languages are not mixed. */
function bySource(segments: readonly StoredSegment[]): Sentence[][] {
  return [...Map.groupBy(segments, ({ source }) => source).values()].map(sentencesOf)
}

function passageOf(sentences: readonly Sentence[], scene: SceneSpan): Passage {
  const words = sentences.flatMap((sentence) => sentence.words)
  return { atSeconds: words.find((word) => isIn(word, scene))?.start ?? scene.from, text: words.map(({ text }) => text).join('').replace(/\s+/gu, ' ').trim() }
}

/**
 * What is said in the scenes, which are in order, in passages that overlap by about half, so that a long scene is found by any of its sentences.
 * A sentence that runs over a cut belongs to both scenes.
 */
export function passagesOf(scenes: readonly SceneSpan[], segments: readonly StoredSegment[]): Map<SceneId, Passage[]> {
  const sources = bySource(segments).map((sentences) => byScene(scenes, sentences))
  return new Map(scenes.map((scene, at) => {
    const passages = sources.flatMap((ofScenes) => {
      const own = ofScenes[at] ?? []
      return windowsOf(own).map(({ from, to }) => passageOf(own.slice(from, to), scene))
    })
    return [scene.id, passages]
  }))
}
