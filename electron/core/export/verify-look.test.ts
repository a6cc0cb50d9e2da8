import { expect, it } from 'vitest'
import type { PictureStream } from '../facts.ts'
import { lookChecks } from './verify-look.ts'

const upright: PictureStream = {
  index: 0, codec: 'h264', width: 160, height: 90, rotationDegrees: 0, isMirrored: false, sampleAspect: { num: 1, den: 1 }, timeBase: { num: 1, den: 12_800 }, startPts: 0,
  pixelFormat: 'yuv420p', colour: { range: 'tv', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' }, dynamicRange: 'sdr',
  profile: null, bitDepth: 8, durationPts: null, frameRate: 25, isVariableRate: false,
}

it('says how a clip is turned and mirrored, and what of its look is not as meant', () => {
  const said = (picture: PictureStream): (string | null)[] => lookChecks(picture, picture).map(({ checked }) => checked)
  expect(said(upright)).toContain('upright')
  expect(said({ ...upright, isMirrored: true })).toContain('mirrored, as the source is')
  expect(said({ ...upright, rotationDegrees: 90, isMirrored: true })).toContain('turned by 90 degrees and mirrored, as the source is')
  const wrong = (picture: PictureStream): string[] => lookChecks(upright, picture).filter(({ isRight }) => !isRight).map((check) => check.wrong)
  expect(wrong({ ...upright, rotationDegrees: 90 })).toEqual(['it is marked as turned'])
  expect(wrong({ ...upright, dynamicRange: 'hlg' })).toEqual(['its dynamic range is hlg and should be sdr'])
  expect(wrong({ ...upright, colour: { ...upright.colour, range: 'pc' } })).toHaveLength(1)
})
