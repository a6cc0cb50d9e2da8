import type { CaptionsChoice, ExportChoices, ExportFormat, ExportMode } from '../../../../electron/contract/export-choices.ts'
import { messages } from '../../../messages.ts'

const text = messages.export.reasons

type Choices = Pick<ExportChoices, 'mode' | 'format' | 'captions' | 'framing' | 'loudness' | 'fades' | 'reel'>

const isCopied = (mode: ExportMode): boolean => mode === 'copy' || mode === 'smart'

/** Why all of it has to be encoded, whatever the cut; null where it need not be. */
export function whyEncoded({ format, captions, framing, loudness, fades, reel }: Choices): string | null {
  if (format !== 'video') return text.otherFormat
  if (captions === 'burned') return text.burned
  if (framing.how !== 'whole') return text.framed
  if (loudness !== null) return text.loudness
  if (fades.inSeconds > 0 || fades.outSeconds > 0) return text.fades
  if (reel !== null && (reel.crossfadeSeconds > 0 || reel.titleCards)) return text.reelEncoded
  return null
}

/** Why a mode can not be chosen beside the other choices; null where it can. */
export function modeRefused(mode: ExportMode, choices: Choices): string | null {
  return isCopied(mode) ? whyEncoded(choices) : null
}

/** Why captions can not go with the other choices in this way; null where they can. */
export function captionsRefused(captions: CaptionsChoice, { mode, format }: Choices): string | null {
  switch (captions) {
    case 'none': return null
    case 'sidecar': return format === 'video' || format === 'audio' ? null : text.noSidecar
    case 'embedded': return format === 'video' ? null : text.noTrack
    case 'burned': {
      if (format === 'audio') return text.noPicture
      return isCopied(mode) ? text.copied : null
    }
  }
}

/** Why a format can not be made beside the other choices; null where it can. */
export function formatRefused(format: ExportFormat, { reel }: Choices): string | null {
  return format === 'video' || reel === null ? null : text.reelIsVideo
}

/** Why what changes the picture can not be chosen; null where it can. */
export function pictureRefused({ mode, format }: Choices): string | null {
  if (format === 'audio') return text.noPicture
  return isCopied(mode) ? text.copied : null
}

/** Why what changes the sound can not be chosen; null where it can. */
export function soundRefused({ mode, format }: Choices): string | null {
  if (format !== 'video' && format !== 'audio') return text.noSound
  return isCopied(mode) ? text.copied : null
}

/** With a change, and with what makes no sense beside it put back to the usual: who makes sound files is not asked first to take the captions out of the picture. */
export function withChange<Chosen extends Choices>(choices: Chosen, change: Partial<Chosen>): Chosen {
  const next = { ...choices, ...change }
  const captions = captionsRefused(next.captions, next) === null ? next.captions : 'none'
  const fitting = { ...next, captions }
  return { ...fitting, mode: modeRefused(fitting.mode, fitting) === null ? fitting.mode : 'auto' }
}
