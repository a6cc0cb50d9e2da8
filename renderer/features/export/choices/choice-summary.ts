import type { CaptionStyle, ExportChoices } from '../../../../electron/contract/export-choices.ts'
import { usualExportChoices } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'
import { framingText } from './framing-text.ts'
import { captionsRefused, pictureRefused, soundRefused } from './choice-rules.ts'
import { qualityName } from './quality.ts'

const text = messages.export

const usual = usualExportChoices

function ofReel({ reel }: ExportChoices): string[] {
  if (reel === null) return []
  return [
    ...reel.crossfadeSeconds > 0 ? [text.summary.crossfade(reel.crossfadeSeconds)] : [],
    ...reel.titleCards ? [text.summary.titleCards] : [],
    ...reel.chapters ? [] : [text.summary.noChapters],
  ]
}

function ofCaptions(choices: ExportChoices): string[] {
  const { captions, captionFormat, captionStyle } = choices
  if (captions === 'sidecar') return captionFormat === 'srt' ? [] : [text.captionFormats[captionFormat]]
  if (captions !== 'burned' || captionsRefused(captions, choices) !== null) return []
  return styleParts(captionStyle)
}

function styleParts({ size, behind, position, highlight, font }: CaptionStyle): string[] {
  const parts = [
    ...size === usual.captionStyle.size ? [] : [text.style.sizes[size]],
    ...behind === usual.captionStyle.behind ? [] : [text.style.behinds[behind]],
    ...position === usual.captionStyle.position ? [] : [text.style.positions[position]],
    ...highlight ? [text.summary.highlight] : [], ...font === null ? [] : [font],
  ]
  return parts.length === 0 ? [] : [text.summary.captions(parts.join(', ').toLowerCase())]
}

function ofSound(choices: ExportChoices): string[] {
  const { format, audioFormat, loudness, fades: { inSeconds, outSeconds } } = choices
  return [
    ...format === 'audio' ? [text.audioFormats[audioFormat]] : [],
    ...loudness === null || soundRefused(choices) !== null ? [] : [text.summary.loudness(loudness)],
    ...inSeconds > 0 || outSeconds > 0 ? [text.summary.fades(inSeconds, outSeconds)] : [],
  ]
}

function ofEncoding({ format, mode, encoding: { crf, preset, hardware } }: ExportChoices): string[] {
  if (format !== 'video' || mode === 'copy') return []
  return [
    ...crf === usual.encoding.crf ? [] : [text.summary.quality(text.qualities[qualityName(crf)], crf)],
    ...preset === usual.encoding.preset ? [] : [text.presets[preset]],
    ...hardware ? [text.hardware] : [],
  ]
}

/** What is chosen apart from the usual and counts now, in a few words each; what has a place of its own is left out. */
export function choiceSummary(choices: ExportChoices): string[] {
  return [
    ...pictureRefused(choices) === null && choices.framing.how !== 'whole' ? [framingText(choices.framing)] : [],
    ...ofReel(choices), ...ofCaptions(choices), ...ofSound(choices), ...ofEncoding(choices),
    ...choices.nameTemplate === null || choices.reel !== null ? [] : [choices.nameTemplate],
  ]
}
