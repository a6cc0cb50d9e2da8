import { describe, expect, it } from 'vitest'
import { checkStages, dependentsOf } from './registered-stage.ts'
import { stages } from './registry.ts'
import { testStages } from './test-stages.ts'

const names = (list: readonly { stage: { name: string } }[]) => list.map(({ stage }) => stage.name)

describe('the list of stages', () => {
  it('is in the order in which the stages need each other', () => {
    expect(names(checkStages(stages))).toEqual(['probe', 'scan', 'speech', 'picture-vectors', 'tags', 'transcription', 'text-vectors'])
  })

  it('may not hold a stage twice, or before what it needs', () => {
    const [probe, scan, speech] = testStages()
    expect(() => checkStages([probe!, probe!])).toThrow('two stages have the name probe')
    expect(() => checkStages([scan!, probe!])).toThrow('the stage scan needs probe, which does not come before it')
    expect(names(checkStages([probe!, speech!, scan!]))).toEqual(['probe', 'speech', 'scan'])
  })

  it('tells what hangs on a stage itself', () => {
    expect(names(dependentsOf(stages, 'scan'))).toEqual(['speech', 'picture-vectors', 'tags', 'text-vectors'])
    expect(names(dependentsOf(stages, 'speech'))).toEqual(['transcription', 'text-vectors'])
    expect(names(dependentsOf(stages, 'text-vectors'))).toEqual([])
  })

  it('does not let what was heard hang on what was seen: hours of work are not done again for another look at the pictures', () => {
    expect(stages.filter(({ stage }) => stage.needs.includes('transcription')).map(({ stage }) => stage.name)).toEqual(['text-vectors'])
    expect(stages.find(({ stage }) => stage.name === 'transcription')?.stage.needs).toEqual(['speech'])
  })
})
