import { describe, expect, it } from 'vitest'
import { numberBetween, point, sceneIds, seconds, videoRef, wholeNumber } from './arguments.ts'

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
  it('take shares of a picture as a point, and numbers within their bounds', () => {
    expect(['0.5,0.25', '0,1', '.5,1.0'].map(point)).toEqual([{ x: 0.5, y: 0.25 }, { x: 0, y: 1 }, { x: 0.5, y: 1 }])
    for (const text of ['0.5', '1.5,0', '-0.1,0', 'a,b', '0.5,0.5,']) expect(() => point(text)).toThrow('is not a point')
    expect(['-14', '-23.5'].map(numberBetween(-40, -5))).toEqual([-14, -23.5])
    for (const text of ['-4', '1e1', '', 'x']) expect(() => numberBetween(-40, -5)(text)).toThrow('is not a number from -40 to -5')
  })
})
