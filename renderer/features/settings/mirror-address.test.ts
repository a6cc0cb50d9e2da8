import { expect, it } from 'vitest'
import { mirrorAddress } from './mirror-address.ts'

it.each([
  ['https://models.example.org', 'https://models.example.org'], [' http://10.0.0.5:8080/hub/ ', 'http://10.0.0.5:8080/hub'], ['', null], ['  ', null],
  ['models.example.org', undefined], ['ftp://example.org', undefined], ['file:///models', undefined], ['https:example.org', undefined], ['https://', undefined],
])('the mirror "%s" is %s', (written, address) => { expect(mirrorAddress(written)).toBe(address) })
