import { describe, expect, it } from 'vitest'
import { pathsOfSecondStart, startPaths } from './start-paths.ts'

const start = { workingFolder: '/home/me', appFolder: '/src/scenedex' }
const installed = { ...start, isPackaged: true }
const fromSource = { ...start, isPackaged: false }

describe('what the program was started with', () => {
  it('is taken from its command line as whole paths', () => {
    expect(startPaths({ ...installed, argv: ['/opt/Scenedex/scenedex', 'clip.mp4', '../films', '/media/x y.mov'] })).toEqual(['/home/me/clip.mp4', '/home/films', '/media/x y.mov'])
  })

  it('has no switches in it', () => {
    expect(startPaths({ ...installed, argv: ['/opt/scenedex', '--no-sandbox', '-x', '', 'clip.mp4', '--flag=/etc'] })).toEqual(['/home/me/clip.mp4'])
  })

  it('is what follows the app where Electron is told of it, however a test starts it', () => {
    const argv = ['/node_modules/electron/dist/electron', '-r', '/x/loader.js', '--inspect=0', '/src/scenedex', '--no-sandbox', 'clip.mp4']
    expect(startPaths({ ...fromSource, argv })).toEqual(['/home/me/clip.mp4'])
    expect(startPaths({ ...fromSource, workingFolder: '/src/scenedex', argv: ['electron', '.', 'clip.mp4'] })).toEqual(['/src/scenedex/clip.mp4'])
  })

  it('is nothing where the app is not among it', () => {
    expect(startPaths({ ...fromSource, argv: ['electron', '/elsewhere'] })).toEqual([])
  })
})

describe('what a second start hands over', () => {
  it('is its paths', () => { expect(pathsOfSecondStart({ paths: ['/a', '/b'] })).toEqual(['/a', '/b']) })
  it.each([null, undefined, 1, 'x', [], {}, { paths: 'x' }, { paths: [1] }, { paths: [''] }])('is nothing when it is %j', (data) => { expect(pathsOfSecondStart(data)).toEqual([]) })
})
