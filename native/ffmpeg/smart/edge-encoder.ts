import type { PictureStream } from '../../../electron/core/facts.ts'
import type { EdgeJob } from '../../../electron/core/ports.ts'

/** What a player needs to know of the speed: x264 would take a clock of 90000 ticks a second for 90000 pictures a second. */
function rateHint({ frameRate }: PictureStream): string {
  return `fps=${Math.round(Math.min(1000, Math.max(1, frameRate ?? 25)) * 1000)}/1000`
}

/**
 * x264 with the profile and level of the source and parameter sets of another number, so that one sample entry (avc1) can hold both. `stitchable` keeps the parameter sets of
 * two edges the same. Without B-frames: the pictures come in the order they are shown.
 */
function h264Arguments({ video, encoding, h264 }: EdgeJob): string[] {
  const own = h264 === null ? [] : ['-profile:v', h264.profile, '-level:v', String(h264.level / 10)]
  const parameters = ['stitchable=1', 'open-gop=0', rateHint(video.media.picture), ...h264 === null ? [] : [`sps-id=${h264.parameterSetId}`]]
  return ['-c:v', 'libx264', '-preset', encoding.preset, '-crf', String(encoding.crf), '-bf', '0', ...own, '-x264-params', parameters.join(':')]
}

function hevcArguments({ video: { media: { picture } }, encoding }: EdgeJob): string[] {
  const parameters = ['log-level=error', 'bframes=0', 'open-gop=0', 'repeat-headers=1', 'info=0']
  const profile = picture.profile === 'Main' ? ['-profile:v', 'main'] : picture.profile === 'Main 10' ? ['-profile:v', 'main10'] : []
  return ['-c:v', 'libx265', '-preset', encoding.preset, '-crf', String(encoding.crf), ...profile, '-x265-params', parameters.join(':')]
}

/**
 * Encoders of the other codecs, set so that an edge looks like what is beside it: of each the fastest that keeps up with the quality of the source (the edges are short).
 * VP8 and VP9 without pictures that are stored and not shown.
 */
function encoderArguments(job: EdgeJob): string[] {
  const { crf } = job.encoding
  switch (job.video.media.picture.codec) {
    case 'h264': return h264Arguments(job)
    case 'hevc': return hevcArguments(job)
    case 'vp8': return ['-c:v', 'libvpx', '-deadline', 'good', '-cpu-used', '4', '-crf', String(Math.max(4, Math.round(crf * 0.6))), '-b:v', '50M', '-auto-alt-ref', '0', '-lag-in-frames', '0']
    case 'vp9': return ['-c:v', 'libvpx-vp9', '-deadline', 'good', '-cpu-used', '5', '-row-mt', '1', '-crf', String(crf + 6), '-b:v', '0', '-auto-alt-ref', '0', '-lag-in-frames', '0']
    case 'av1': return ['-c:v', 'libsvtav1', '-preset', '9', '-crf', String(crf + 8)]
    default: return ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '0', '-g', '15', '-flags:v', '+cgop', '-sc_threshold', '1000000000']
  }
}

/** Of the run that encodes an edge: codec and pixel format of the source, nothing turned, scaled or converted. */
export function edgeEncoderArguments(job: EdgeJob): string[] {
  const { pixelFormat } = job.video.media.picture
  return [...pixelFormat === null ? [] : ['-pix_fmt', pixelFormat], ...encoderArguments(job)]
}
