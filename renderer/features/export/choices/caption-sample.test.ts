import { expect, it } from 'vitest'
import { usualExportChoices } from '../../../../electron/contract/export-choices.ts'
import { captionSample } from './caption-sample.ts'

it('the sample has the shape of the clips, and lifts captions over the buttons of phones', () => {
  const { captionStyle } = usualExportChoices
  expect(captionSample(captionStyle, { how: 'whole' })).toMatchObject({ ratio: 16 / 9, bottom: 6 })
  expect(captionSample(captionStyle, { how: 'fit', aspect: '9:16', sides: 'black' })).toMatchObject({ ratio: 9 / 16, bottom: 22 })
})

it('medium letters are 51 of 1080 lines high', () => {
  expect(captionSample(usualExportChoices.captionStyle, { how: 'whole' }).letters * 10.8).toBeCloseTo(50.7, 1)
})
