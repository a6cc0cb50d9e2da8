import { expect, test } from 'vitest'
import { mirrorFrom } from './mirror.ts'

test('the mirror of the settings goes before that of the environment, and an empty variable is none', () => {
  expect(mirrorFrom('https://one.example', 'https://two.example')).toBe('https://one.example')
  expect(mirrorFrom(null, 'http://127.0.0.1:8080/hub')).toBe('http://127.0.0.1:8080/hub')
  expect(mirrorFrom(null, '')).toBeNull()
  expect(mirrorFrom(null, undefined)).toBeNull()
})

test.each(['mirror.example', 'ftp://mirror.example', 'file:///models'])('"%s" in the environment is said to be no mirror', (variable) => {
  expect(() => mirrorFrom(null, variable)).toThrow(expect.objectContaining({ code: 'USAGE' }))
})
