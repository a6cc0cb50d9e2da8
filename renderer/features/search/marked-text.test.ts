import { expect, it } from 'vitest'
import { markedParts } from './marked-text.ts'

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
