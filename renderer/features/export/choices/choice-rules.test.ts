import { describe, expect, it } from 'vitest'
import type { ExportChoices } from '../../../../electron/contract/export-choices.ts'
import { usualExportChoices } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { captionsRefused, formatRefused, modeRefused, soundRefused, withChange } from './choice-rules.ts'

const text = messages.export.reasons
const chosen = (change: Partial<ExportChoices>): ExportChoices => ({ ...usualExportChoices, ...change })
const reel = { name: 'Best of', crossfadeSeconds: 0, titleCards: false, chapters: true }

describe('copying', () => {
  it.each<[Partial<ExportChoices>, string | null]>([
    [{}, null], [{ captions: 'sidecar' }, null], [{ captions: 'embedded' }, null], [{ reel }, null], [{ captions: 'burned' }, text.burned], [{ format: 'gif' }, text.otherFormat],
    [{ framing: { how: 'fill', aspect: '9:16', around: 'centre' } }, text.framed], [{ loudness: -14 }, text.loudness], [{ fades: { inSeconds: 0, outSeconds: 1 } }, text.fades],
    [{ reel: { ...reel, crossfadeSeconds: 1 } }, text.reelEncoded], [{ reel: { ...reel, titleCards: true } }, text.reelEncoded],
  ])('beside %j: %s', (change, why) => {
    expect(modeRefused('copy', chosen(change))).toBe(why)
    expect(modeRefused('auto', chosen(change))).toBeNull()
  })
})

describe('captions in the picture', () => {
  it('need a picture that is encoded', () => {
    expect(captionsRefused('burned', chosen({ mode: 'copy' }))).toBe(text.copied)
    expect(captionsRefused('burned', chosen({ format: 'audio' }))).toBe(text.noPicture)
    expect(captionsRefused('burned', chosen({ format: 'gif' }))).toBeNull()
  })

  it('are not offered as a track of a moving picture', () => { expect(captionsRefused('embedded', chosen({ format: 'webp' }))).toBe(text.noTrack) })
})

describe('a reel', () => {
  it('is a video', () => {
    expect(formatRefused('gif', chosen({ reel }))).toBe(text.reelIsVideo)
    expect(formatRefused('gif', chosen({}))).toBeNull()
  })
})

describe('loudness', () => {
  it('is of sound that is there and encoded', () => {
    expect(soundRefused(chosen({ format: 'gif' }))).toBe(text.noSound)
    expect(soundRefused(chosen({ mode: 'smart' }))).toBe(text.copied)
    expect(soundRefused(chosen({}))).toBeNull()
  })
})

describe('a change', () => {
  it('takes what makes no sense beside it back', () => {
    expect(withChange(chosen({ captions: 'embedded', mode: 'copy' }), { format: 'gif' })).toMatchObject({ format: 'gif', captions: 'none', mode: 'auto' })
    expect(withChange(chosen({ captions: 'burned' }), { format: 'webp' })).toMatchObject({ captions: 'burned' })
  })
})
