import { describe, expect, it } from 'vitest'
import { usualExportChoices } from '../../../../electron/contract/export-choices.ts'
import { choiceSummary } from './choice-summary.ts'

const usual = usualExportChoices

describe('what is chosen apart from the usual', () => {
  it('is nothing at first', () => { expect(choiceSummary(usual)).toEqual([]) })

  it('is said in a few words', () => {
    const reel = { name: 'Best of', crossfadeSeconds: 0.5, titleCards: true, chapters: false }
    expect(choiceSummary({ ...usual, reel, captions: 'burned', captionStyle: { ...usual.captionStyle, size: 'large', behind: 'box' }, loudness: -14, fades: { inSeconds: 1, outSeconds: 0 } }))
      .toEqual(['Crossfade 0.5 s', 'Title cards', 'No chapters', 'Captions: large, a box', '−14 LUFS', 'Fades 1 s and 0 s'])
    expect(choiceSummary({ ...usual, encoding: { crf: 28, preset: 'slow', hardware: true }, nameTemplate: '{n} {title}', framing: { how: 'fit', aspect: '1:1', sides: 'blurred' } }))
      .toEqual(['Square, all of it, blurred sides', 'Smaller (CRF 28)', 'Slow', 'Graphics card', '{n} {title}'])
  })

  it('leaves out what does not count beside the rest', () => {
    expect(choiceSummary({ ...usual, format: 'gif', loudness: -14, encoding: { ...usual.encoding, crf: 28 } })).toEqual([])
    expect(choiceSummary({ ...usual, captionStyle: { ...usual.captionStyle, size: 'large' } })).toEqual([])
  })
})
