import { describe, expect, it } from 'vitest'
import { nameOfPath, pathParts } from './path-parts.ts'

describe('the folders on the way to a folder', () => {
  it('begin at the root', () => {
    expect(pathParts('/home/ana/Videos')).toEqual([
      { name: '/', path: '/' }, { name: 'home', path: '/home' }, { name: 'ana', path: '/home/ana' }, { name: 'Videos', path: '/home/ana/Videos' },
    ])
    expect(pathParts('/')).toEqual([{ name: '/', path: '/' }])
  })

  it('begin at the drive on Windows, which needs its backslash', () => {
    expect(pathParts('D:\\Films\\2024')).toEqual([{ name: 'D:', path: 'D:\\' }, { name: 'Films', path: 'D:\\Films' }, { name: '2024', path: 'D:\\Films\\2024' }])
  })

  it('begin at the server of a network share', () => {
    expect(pathParts('\\\\nas\\films').map(({ path }) => path)).toEqual(['\\\\nas', '\\\\nas\\films'])
  })

  it('and the last part is the name', () => {
    expect([nameOfPath('/home/ana/a.mp4'), nameOfPath('D:\\Films\\'), nameOfPath('/')]).toEqual(['a.mp4', 'Films', '/'])
  })
})
