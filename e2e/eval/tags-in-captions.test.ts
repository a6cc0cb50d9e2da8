import { describe, expect, it } from 'vitest'
import { isSaid, saidOf } from './tags-in-captions.ts'

describe('a tag in captions', () => {
  const said = saidOf(['Two dogs are running on the beach .', 'A pot stands on an old stove', 'potted plant'])

  it('is there in whichever form of its words, and without the small ones', () => {
    expect(['dog', 'running', 'beach', 'pot on a stove', 'Beaches'].filter((label) => !isSaid(label, said))).toEqual([])
  })

  it('is not there where one of its words is missing, or there are none', () => {
    expect(['cat', 'dog on a sofa', 'doghouse', 'of the', ''].filter((label) => isSaid(label, said))).toEqual([])
  })
})
