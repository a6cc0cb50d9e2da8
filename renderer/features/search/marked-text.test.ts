import { expect, it } from 'vitest'
import { markedParts, startingNear } from './marked-text.ts'

it('words between « and » are marked, the rest is not', () => {
  expect(markedParts('… to the «moon» and «back»')).toEqual([
    { text: '… to the ', isMarked: false }, { text: 'moon', isMarked: true }, { text: ' and ', isMarked: false }, { text: 'back', isMarked: true },
  ])
})

it('a sign without its partner stays as it is', () => {
  expect(markedParts('a « b')).toEqual([{ text: 'a « b', isMarked: false }])
})

it('no text has no parts', () => {
  expect(markedParts('')).toEqual([])
})

it('of a long text what stands before the first match is cut at a word', () => {
  const parts = markedParts('This is the optical and science segment of the Webb «space» telescope')
  expect(startingNear(parts, 20)[0]).toEqual({ text: '… of the Webb ', isMarked: false })
  expect(startingNear(parts, 20).slice(1)).toEqual(parts.slice(1))
})

it('a text without a match, or with little before it, stays whole', () => {
  expect(startingNear(markedParts('a long text in which nothing matches'), 10)).toEqual([{ text: 'a long text in which nothing matches', isMarked: false }])
  expect(startingNear(markedParts('the «moon»'), 10)).toEqual(markedParts('the «moon»'))
})
