import { expect, it } from 'vitest'
import { spokenLanguages } from './speech-languages.ts'

it('the 100 languages of Whisper can be chosen by their names, or left to be found out', () => {
  const [first, ...languages] = spokenLanguages()
  expect(first).toEqual({ value: '', label: 'Found out for each video' })
  expect(languages).toHaveLength(100)
  expect(languages[0]?.label).toBe('Afrikaans')
  expect(languages.find(({ value }) => value === 'jw')?.label).toBe('Javanese')
  expect(languages.filter(({ value, label }) => value === label)).toEqual([])
})
