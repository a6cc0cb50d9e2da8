import { describe, expect, it } from 'vitest'
import { labelsOf } from './label-lines.ts'

describe('labels, one a line', () => {
  it('are taken without blanks around them and empty lines', () => {
    expect(labelsOf('  a dog \n\n\ta   red car\r\n')).toEqual({ labels: ['a dog', 'a red car'], doubles: 0, complaint: null })
  })
  it('are each taken once, as they were written first', () => {
    expect(labelsOf('Beach\nbeach\nforest\nBEACH')).toEqual({ labels: ['Beach', 'forest'], doubles: 2, complaint: null })
  })
  it('must be at least one, at most 5000, and not longer than 100 letters', () => {
    expect(labelsOf(' \n ').complaint).toBe('At least one label is needed.')
    expect(labelsOf(Array.from({ length: 5001 }, (_, at) => `label ${at}`).join('\n')).complaint).toBe('At most 5000 labels.')
    expect(labelsOf('x'.repeat(100)).complaint).toBeNull()
    expect(labelsOf('x'.repeat(101)).complaint).toContain('is too long for a label.')
  })
})
