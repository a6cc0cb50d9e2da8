import { describe, expect, it } from 'vitest'
import { f1, precision, recall, scoreReports, sumOf } from './scoring.ts'
import type { Report, Truth } from './scoring.ts'

const cut = (at: number): Report => ({ start: at, end: at, gradual: false })
const gradual = (start: number, end: number): Report => ({ start, end, gradual: true })
const truth: Truth = { cuts: [2, 5], gradual: [{ start: 8, end: 9 }], ignore: [{ start: 20, end: 25 }] }

describe('scoring of shot boundaries', () => {
  it('a cut within 0.1 s is found, one further off is missed and false', () => {
    expect(scoreReports(truth, [cut(2.1), cut(5.15)])).toMatchObject({ cutsFound: 1, falseCuts: 1 })
  })

  it('one report finds one cut, the nearest', () => {
    const close: Truth = { cuts: [1, 1.15], gradual: [], ignore: [] }
    expect(scoreReports(close, [cut(1.08)])).toMatchObject({ cutsFound: 1, cuts: 2, falseCuts: 0 })
  })

  it('a gradual transition is found by an overlapping gradual report or a cut inside', () => {
    expect(scoreReports(truth, [gradual(8.5, 9.5)])).toMatchObject({ gradualFound: 1, falseGradual: 0 })
    expect(scoreReports(truth, [cut(8.4)])).toMatchObject({ gradualFound: 1, falseCuts: 0 })
  })

  it('a second report in the same transition is false', () => {
    expect(scoreReports(truth, [cut(8.2), cut(8.8)])).toMatchObject({ gradualFound: 1, falseCuts: 1 })
    expect(scoreReports(truth, [gradual(8, 8.4), gradual(8.6, 9)])).toMatchObject({ gradualFound: 1, falseGradual: 1 })
  })

  it('a gradual report at a hard cut finds nothing', () => {
    expect(scoreReports(truth, [gradual(4.9, 5.1)])).toMatchObject({ cutsFound: 0, falseGradual: 1 })
  })

  it('what touches an ignored span is neither right nor wrong', () => {
    expect(scoreReports(truth, [cut(22), gradual(24, 27)])).toMatchObject({ falseCuts: 0, falseGradual: 0 })
  })

  it('sums counts, not shares', () => {
    const sum = sumOf([scoreReports(truth, [cut(2), cut(5)]), scoreReports(truth, [cut(2), cut(3), cut(4)])])
    expect([precision(sum), recall(sum)]).toEqual([3 / 5, 3 / 4])
    expect(f1(sum)).toBeCloseTo(2 / 3)
  })

  it('a clip without cuts is perfect when none is reported', () => {
    expect(f1(scoreReports({ cuts: [], gradual: [], ignore: [] }, []))).toBe(1)
    expect(f1(scoreReports({ cuts: [], gradual: [], ignore: [] }, [cut(1)]))).toBe(0)
  })
})
