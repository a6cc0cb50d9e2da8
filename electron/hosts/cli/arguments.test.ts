import { describe, expect, it } from 'vitest'
import { sceneIds, seconds, videoRef, wholeNumber } from './arguments.ts'

describe('arguments of the command line', () => {
  it('take times as seconds, minutes or hours', () => {
    expect(['12.5', '2:03.4', '1:02:03'].map(seconds)).toEqual([12.5, 123.4, 3723])
    expect(() => seconds('two')).toThrow('"two" is not a time')
    expect(() => seconds('-3')).toThrow('is not a time')
  })
  it('take a number as the id of a video and anything else as a name', () => {
    expect([videoRef('12'), videoRef('holiday'), videoRef('./12.mp4')]).toEqual([12, 'holiday', './12.mp4'])
  })
  it('collect scene ids and refuse what is none', () => {
    expect(sceneIds('4', sceneIds('3', undefined))).toEqual([3, 4])
    expect(() => sceneIds('0', undefined)).toThrow('not the number of a scene')
    expect(() => sceneIds('x', undefined)).toThrow('not the number of a scene')
  })
  it('refuse a limit that is no whole number', () => {
    expect(wholeNumber(1000)('7')).toBe(7)
    for (const text of ['abc', '0', '1001', '2.5', '-1', '']) expect(() => wholeNumber(1000)(text)).toThrow('is not a whole number from 1 to 1000')
  })
})
