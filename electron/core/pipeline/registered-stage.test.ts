import { describe, expect, it } from 'vitest'
import { checkStages, dependentsOf } from './registered-stage.ts'
import { stages } from './registry.ts'
import { testStages } from './test-stages.ts'

const names = (list: readonly { stage: { name: string } }[]) => list.map(({ stage }) => stage.name)

describe('the list of stages', () => {
  it('is in the order in which the stages need each other', () => {
    expect(names(checkStages(stages))).toEqual(['probe', 'scan', 'speech', 'picture-vectors'])
  })

  it('may not hold a stage twice, or before what it needs', () => {
    const [probe, scan, speech] = testStages()
    expect(() => checkStages([probe!, probe!])).toThrow('two stages have the name probe')
    expect(() => checkStages([scan!, probe!])).toThrow('the stage scan needs probe, which does not come before it')
    expect(names(checkStages([probe!, speech!, scan!]))).toEqual(['probe', 'speech', 'scan'])
  })

  it('tells what hangs on a stage, also through others', () => {
    expect(names(dependentsOf(stages, 'probe'))).toEqual(['scan', 'speech', 'picture-vectors'])
    expect(names(dependentsOf(stages, 'scan'))).toEqual(['speech', 'picture-vectors'])
    expect(names(dependentsOf(stages, 'speech'))).toEqual([])
  })
})
