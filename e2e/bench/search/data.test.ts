import { describe, expect, it } from 'vitest'
import { dot } from './exact.ts'
import { questionsFrom } from './questions.ts'
import { wordsOf } from './real-sentences.ts'
import { SCENES_A_VIDEO, syntheticVideo } from './synthetic-videos.ts'
import { syntheticVectors } from './synthetic-vectors.ts'

const sentences = ['a black dog leaps over a log', 'he hoped there would be stew for dinner', 'a woman stands in the dining area at the table']

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('a synthetic video', () => {
  it('is the same one at each run, and another one for another number', () => {
    expect(syntheticVideo(5, sentences)).toEqual(syntheticVideo(5, sentences))
    expect(syntheticVideo(5, sentences).scenes).not.toEqual(syntheticVideo(6, sentences).scenes)
  })

  it('has scenes one after the other, in which words of the sentences are said', () => {
    const { scenes } = syntheticVideo(1, sentences)
    expect(scenes).toHaveLength(SCENES_A_VIDEO)
    for (const [at, { start, end, said }] of scenes.entries()) {
      expect(start).toBe(at === 0 ? 0 : scenes[at - 1]!.end)
      expect(said?.words.every((word) => word.start >= start && word.end <= end && sentences.some((sentence) => sentence.includes(word.text))) ?? true).toBe(true)
    }
    expect(scenes.filter(({ said }) => said !== null).length / SCENES_A_VIDEO).toBeCloseTo(0.7, 1)
  })

  it('is in one per cent by each of the filters that keep so much', () => {
    const videos = Array.from({ length: 100 }, (_, number) => syntheticVideo(number, sentences))
    const scenes = videos.flatMap((video) => video.scenes)
    expect(scenes.filter(({ motion }) => motion > 0.34).length / scenes.length).toBeCloseTo(0.01, 2)
    expect(scenes.filter(({ tags }) => tags.some(({ label }) => label === 'lighthouse')).length / scenes.length).toBeCloseTo(0.01, 2)
    expect(videos.filter(({ title }) => title.includes('winter'))).toHaveLength(1)
  })
})

describe('synthetic vectors', () => {
  const vectors = syntheticVectors(1)

  it('have a length of 1', () => {
    for (const vector of [vectors.ofScene(3, 17), vectors.ofQuestion(9)]) expect(dot(vector, vector)).toBeCloseTo(1, 5)
  })

  it('all point about the same way, those of a video more so, and neighbours most', () => {
    const pairs = (make: (at: number) => [Float32Array, Float32Array]): number => meanOf(Array.from({ length: 60 }, (_, at) => dot(...make(at))))
    const strangers = pairs((at) => [vectors.ofScene(at, 0), vectors.ofScene(at + 1000, 0)])
    const ofOneVideo = pairs((at) => [vectors.ofScene(at, 0), vectors.ofScene(at, 200)])
    const neighbours = pairs((at) => [vectors.ofScene(at, 0), vectors.ofScene(at, 1)])
    expect(strangers).toBeGreaterThan(0.3)
    expect(ofOneVideo).toBeGreaterThan(strangers + 0.05)
    expect(neighbours).toBeGreaterThan(ofOneVideo + 0.05)
  })

  it('are the same ones at each run', () => {
    expect(syntheticVectors(1).ofScene(3, 17)).toEqual(vectors.ofScene(3, 17))
    expect(syntheticVectors(2).ofScene(3, 17)).not.toEqual(vectors.ofScene(3, 17))
  })
})

it('questions are of one, two and three words that stand side by side, without small ones', () => {
  const { words, then } = questionsFrom(sentences, 30, 1)
  expect(words.map((text) => text.split(' ').length)).toEqual(Array.from({ length: 30 }, (_, at) => 1 + at % 3))
  expect(words.join(' ')).not.toMatch(/\b(the|at|in)\b/)
  expect(then.every((text) => / THEN(<20s)? /.test(text))).toBe(true)
  const known = new Set(wordsOf(sentences))
  expect(words.flatMap((text) => text.split(' ')).filter((word) => !known.has(word))).toEqual([])
})
