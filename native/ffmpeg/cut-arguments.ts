import path from 'node:path'
import type { PictureStream, SoundStream } from '../../electron/core/facts.ts'
import type { CutJob } from '../../electron/core/ports.ts'
import { shownSize } from '../../electron/core/shown-size.ts'
import { inputArgument, SAFE_INPUT } from './locate.ts'
import { captionFilters } from './picture-changes/burned-captions.ts'
import { conformFilters, partEncoder, REEL_SOUND, samplesOf } from './picture-changes/conform.ts'
import { framingFilters } from './picture-changes/framing.ts'
import { isFullRange, isTurnedAside, sdrFilters, uprightFilters } from './shown-picture.ts'

// Names as ffprobe prints them -> names as the encoder's options take them, where the two differ.
const TRANSFER_OPTION: Partial<Record<string, string>> = { bt470m: 'gamma22', bt470bg: 'gamma28' }
const UNKNOWN = new Set(['unknown', 'reserved', 'unspecified'])

interface OutputColour { range: 'tv' | 'pc', matrix: string | null, transfer: string | null, primaries: string | null }

export function isRgb(picture: PictureStream): boolean {
  return picture.colour.matrix === 'gbr' || /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/.test(picture.pixelFormat ?? '')
}

/** The colours of the clip: those of the source, except that HDR and RGB become bt709. */
export function outputColour(picture: PictureStream): OutputColour {
  if (sdrFilters(picture).length > 0 || isRgb(picture)) return { range: 'tv', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' }
  const known = (name: string | null): string | null => name === null || UNKNOWN.has(name) ? null : name
  const { matrix, transfer, primaries } = picture.colour
  const knownTransfer = known(transfer)
  return {
    range: isFullRange(picture) ? 'pc' : 'tv',
    matrix: known(matrix),
    transfer: knownTransfer === null ? null : TRANSFER_OPTION[knownTransfer] ?? knownTransfer,
    primaries: known(primaries),
  }
}

export function colourArguments({ range, matrix, transfer, primaries }: OutputColour): string[] {
  const option = (name: string, value: string | null): string[] => value === null ? [] : [name, value]
  return ['-color_range', range, ...option('-colorspace', matrix), ...option('-color_trc', transfer), ...option('-color_primaries', primaries)]
}

/** Filters to square pixels and even sizes (`shownSize`). An odd size gets its last line repeated, not a black one. */
function sizeFilters(picture: PictureStream): string[] {
  const aside = isTurnedAside(picture)
  const [width, height] = aside ? [picture.height, picture.width] : [picture.width, picture.height]
  const shown = shownSize(picture)
  const [right, bottom] = [shown.width - width, shown.height - height]
  if (right + bottom === 0) return ['setsar=1']
  if (right > 1 || bottom > 1) return [`scale=${shown.width}:${shown.height}:flags=lanczos+accurate_rnd`, 'setsar=1']
  return [
    'scale=flags=accurate_rnd+full_chroma_int', 'format=yuv444p',
    `pad=${shown.width}:${shown.height}:0:0`, `fillborders=right=${right}:bottom=${bottom}:mode=smear`, 'setsar=1',
  ]
}

/** Ticks a second of the clip: a whole multiple of those of the source, so that every time stays exact. */
function clipRate({ timeBase }: PictureStream): number {
  return timeBase.den * Math.ceil(1000 / timeBase.den)
}

function clipTicks(job: CutJob, pts: number): number {
  const { picture } = job.video.media
  return pts * picture.timeBase.num * (clipRate(picture) / picture.timeBase.den)
}

/** Of a clip as its source is, of a part of a reel as the reel is. */
function colourOf({ conform, video }: CutJob): OutputColour {
  return conform === null ? outputColour(video.media.picture) : { range: 'tv', matrix: 'bt709', transfer: 'bt709', primaries: 'bt709' }
}

function pictureGraph(job: CutJob): string {
  const { picture } = job.video.media
  const colour = colourOf(job)
  const range = colour.range === 'pc' ? 'full' : 'limited'
  return [
    `[0:${picture.index}]showinfo@source=checksum=0`,
    `settb=${picture.timeBase.num}/${picture.timeBase.den}`,
    `trim=start_pts=${job.firstPts}:end_pts=${job.endPts}`,
    `settb=1/${clipRate(picture)}`,
    `setpts=max(PTS\\,${clipTicks(job, job.startPts)})-${clipTicks(job, job.startPts)}`,
    ...uprightFilters(picture),
    ...sdrFilters(picture),
    ...sizeFilters(picture),
    ...framingFilters(job.changes.framing, (pts) => Math.max(0, clipTicks(job, pts) - clipTicks(job, job.startPts)) / clipRate(picture)),
    ...conformFilters(job.conform, { picture, ticksASecond: clipRate(picture) }),
    ...captionFilters(job.changes.captions),
    `scale=out_range=${range}${isRgb(picture) ? ':out_color_matrix=bt709' : ''}:flags=bicubic+accurate_rnd`,
    `format=${colour.range === 'pc' ? 'yuvj420p' : 'yuv420p'}`,
    'sidedata=mode=delete:type=DISPLAYMATRIX[picture]',
  ].join(',')
}

interface SoundTarget { rateHz: number, layout: string, bitRate: string }

/** AAC as everything plays it: 44.1 or 48 kHz; mono, stereo or 5.1. */
function soundTarget({ conform }: CutJob, sound: SoundStream): SoundTarget {
  if (conform !== null) return { rateHz: REEL_SOUND.rateHz, layout: 'stereo', bitRate: '192k' }
  const rateHz = sound.sampleRateHz === 44_100 ? 44_100 : 48_000
  switch (sound.channels) {
    case 1: return { rateHz, layout: 'mono', bitRate: '128k' }
    case 6: return { rateHz, layout: '5.1', bitRate: '384k' }
    default: return { rateHz, layout: 'stereo', bitRate: '192k' }
  }
}

/**
 * Sound of exactly the clip's length: what starts late, ends early or has holes is filled with silence, so that it can
 * not slide against the picture. `async=1` only fills and trims, it never stretches.
 */
function soundGraph(job: CutJob, sound: SoundStream): string {
  const { timeBase } = job.video.media.picture
  const { rateHz, layout } = soundTarget(job, sound)
  const seconds = (pts: number): number => pts * timeBase.num / timeBase.den
  const start = Math.round(seconds(job.startPts) * rateHz)
  const end = job.conform === null ? Math.round(seconds(job.endPts) * rateHz) : start + samplesOf(job.conform)
  return [
    `[0:${sound.index}]atrim=start=${(seconds(job.startPts) - 0.25).toFixed(6)}`,
    // In two steps: `first_pts` is documented to count in samples of the output, and counts in those of the input.
    `aresample=${rateHz}`,
    `aresample=${rateHz}:async=1:min_hard_comp=0.02:first_pts=${start}`,
    `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
    `atrim=start_pts=${start}:end_pts=${end}`,
    `apad=whole_len=${end - start}`,
    `asetpts=N[sound]`,
  ].join(',')
}

/** A graph with a single input hands the turn mark of that input to the output, past all filters; one with two does not. */
function withoutSound(job: CutJob): string {
  return `[0:${job.video.media.picture.index}]nullsink`
}

export function soundToKeep(job: Pick<CutJob, 'video'>): SoundStream | null {
  const { sounds, chosenSound } = job.video.media
  return sounds.find((sound) => sound.index === chosenSound && sound.isDecodable) ?? null
}

/** What a player needs to know of the speed: x264 would take a clock of 90000 ticks a second for 90000 pictures a second. */
function levelHint(picture: PictureStream): string {
  const rate = Math.min(1000, Math.max(1, picture.frameRate ?? 25))
  return `fps=${Math.round(rate * 1000)}/1000`
}

/**
 * The muxer knows how long a picture is shown from the one after it; of the last one only we know. Encoder and muxer have
 * the same clock, because releases of ffmpeg differ in whose clock this filter runs on.
 */
function lastPictureFilter(job: CutJob): string {
  const last = Math.max(job.lastPts, job.startPts)
  const ticks = (pts: number): number => clipTicks(job, pts)
  return `setts=pts=PTS:dts=DTS:duration=if(gte(PTS\\,${ticks(last) - ticks(job.startPts)})\\,${ticks(job.endPts) - ticks(last)}\\,DURATION)`
}

function pictureOutput(job: CutJob): string[] {
  const { picture } = job.video.media
  const rate = clipRate(picture)
  return [
    '-fps_mode:v', 'passthrough', '-enc_time_base:v', `1:${rate}`, '-video_track_timescale', String(rate),
    // Without B-frames packets come in the order they are shown: the length of the last one is then the end of the track.
    '-c:v', 'libx264', '-preset', job.encoding.preset, '-crf', String(job.encoding.crf), '-bf', '0', '-profile:v', 'high', '-x264-params', levelHint(picture),
    ...colourArguments(outputColour(picture)),
    '-bsf:v', lastPictureFilter(job),
  ]
}

/** The sound goes into the clip; of a part of a reel into a file of its own. */
function soundOutput(job: CutJob, sound: SoundStream | null): { inside: string[], apart: string[] } {
  if (sound === null) return { inside: [], apart: [] }
  if (job.conform === null) return { inside: ['-map', '[sound]', '-c:a', 'aac', '-b:a', soundTarget(job, sound).bitRate], apart: [] }
  return { inside: [], apart: ['-map', '[sound]', '-c:a', 'pcm_f32le', '-f', 'f32le', `file:${path.resolve(job.conform.soundTarget ?? '')}`] }
}

/** All arguments of the run that writes the clip; `jump` are the input options that say where to start reading. */
export function cutArguments(job: CutJob, jump: string[]): string[] {
  const sound = job.conform !== null && job.conform.soundTarget === null ? null : soundToKeep(job)
  const { inside, apart } = soundOutput(job, sound)
  return [
    '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-progress', 'pipe:1', '-stats_period', '0.2', '-y',
    ...SAFE_INPUT, ...jump, '-noautorotate', ...inputArgument(job.video.path),
    '-filter_complex', `${pictureGraph(job)};${sound === null ? withoutSound(job) : soundGraph(job, sound)}`,
    '-map', '[picture]', ...job.conform === null ? pictureOutput(job) : partEncoder(job.conform, job.encoding),
    ...inside,
    '-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4', `file:${path.resolve(job.target)}`,
    ...apart,
  ]
}
