import { expect, it } from 'vitest'
import type { Embedder } from '../../ports.ts'
import { numbersModel } from '../test-switch.ts'
import { labelVectors } from './label-vectors.ts'

const never = new AbortController().signal

function noting(id: string): { model: Embedder, asked: string[] } {
  const asked: string[] = []
  const model = numbersModel(id)
  return { asked, model: { ...model, embed: async (batch, signal) => {
    if (batch.of === 'queries') asked.push(...batch.texts)
    return model.embed(batch, signal)
  } } }
}

it('a label is compared as the person has written it, in three sentences', async () => {
  const { model, asked } = noting('dollars')
  const [vector] = await labelVectors(model, ['$& bill $$'], never)
  expect(asked).toEqual(['a photo of $& bill $$', '$& bill $$', 'a picture that shows $& bill $$'])
  expect(Math.hypot(...vector ?? [])).toBeCloseTo(1, 5)
})

it('the labels of a list are asked for once for all videos, and anew with another model or list', async () => {
  const { model, asked } = noting('one')
  const labels = Array.from({ length: 25 }, (_, at) => `label ${at}`)
  const first = await labelVectors(model, labels, never)
  expect([await labelVectors(model, labels, never), asked.length]).toEqual([first, 75])
  await labelVectors(model, labels.slice(1), never)
  await labelVectors(noting('other').model, labels, never)
  expect(asked.length).toBe(75 + 72)
})
