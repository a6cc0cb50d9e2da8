import { existsSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { captionLetters } from '../../../native/ffmpeg/caption-letters.ts'
import { soundPackets } from '../../../native/ffmpeg/clip-sound.ts'
import { cutExact } from '../../../native/ffmpeg/cut.ts'
import { decodeAll } from '../../../native/ffmpeg/decode-all.ts'
import { embedCaptions } from '../../../native/ffmpeg/embed-captions.ts'
import { makeAnimation } from '../../../native/ffmpeg/formats/animation.ts'
import { writeFirstPicture } from '../../../native/ffmpeg/formats/first-picture.ts'
import { hearFile, writeSoundFile } from '../../../native/ffmpeg/formats/sound-file.ts'
import { locateTools } from '../../../native/ffmpeg/locate.ts'
import { measureLoudness } from '../../../native/ffmpeg/loudness.ts'
import { readPackets } from '../../../native/ffmpeg/packets.ts'
import { probeFile } from '../../../native/ffmpeg/probe.ts'
import { runToEnd } from '../../../native/ffmpeg/process.ts'
import { makeCrossfade } from '../../../native/ffmpeg/reel/crossfade.ts'
import { joinParts } from '../../../native/ffmpeg/reel/join.ts'
import { writePartSound } from '../../../native/ffmpeg/reel/part-sound.ts'
import { makeTitleCard } from '../../../native/ffmpeg/reel/title-card.ts'
import { readSound } from '../../../native/ffmpeg/sound.ts'
import { scanVideo } from '../../../native/ffmpeg/scan.ts'
import { encodeEdge } from '../../../native/ffmpeg/smart/encode-edge.ts'
import { finishTrack } from '../../../native/ffmpeg/smart/finish-track.ts'
import { copyPackets } from '../../../native/ffmpeg/stream-copy.ts'
import { subtitleTrack } from '../../../native/ffmpeg/subtitles.ts'
import { createPictures } from '../../../native/pictures/sharp-pictures.ts'
import { usualExportChoices } from '../../contract/export-choices.ts'
import { SceneId, VideoId } from '../../contract/ids.ts'
import type { VideoFacts } from '../facts.ts'
import type { CutJob } from '../ports.ts'
import type { ClipLookup, ClipScene, SpokenSegment } from './clip-lookup.ts'
import type { ExportTools } from './export.ts'

export const tools = locateTools()
const shared = process.env['SCENEDEX_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared')

export const NO_MEDIA = '../shared/media is not here'

/** A file of ../shared/media, and whether it is there. */
export function realMedia(name: string): { file: string, isThere: boolean } {
  const file = path.join(shared, 'media', name)
  return { file, isThere: existsSync(file) }
}

/** What a cut is told beside where: nothing is changed. */
export const unchanged: Pick<CutJob, 'changes' | 'fades' | 'encoding' | 'gain' | 'conform'> = {
  changes: { framing: null, captions: null }, fades: usualExportChoices.fades, encoding: usualExportChoices.encoding, gain: null, conform: null,
}

export const never = new AbortController().signal

export const realFfmpeg: ExportTools['ffmpeg'] = {
  probe: (file, signal) => probeFile(tools, file, signal),
  scan: (request, signal) => scanVideo(tools, request, signal),
  cut: (job, onProgress, signal) => cutExact(tools, job, { onProgress, signal }),
  decodeAll: (request, signal) => decodeAll(tools, request, signal),
  loudness: (job, signal) => measureLoudness(tools, job, signal),
  packets: (request, signal) => readPackets(tools, request, signal),
  copyPackets: (job, signal) => copyPackets(tools, job, signal),
  encodeEdge: (job, signal) => encodeEdge(tools, job, signal),
  finishTrack: (job, signal) => finishTrack(tools, job, signal),
  soundPackets: (request, signal) => soundPackets(tools, request, signal),
  sound: (request, signal) => readSound(tools, request, signal),
  subtitleTrack: async (video, streamIndex, signal) => subtitleTrack(tools, { video, streamIndex }, signal),
  captionLetters: (captions, signal) => captionLetters(tools, captions, signal),
  embedCaptions: (job, signal) => embedCaptions(tools, job, signal),
  titleCard: (job, signal) => makeTitleCard(tools, job, signal),
  crossfade: (job, signal) => makeCrossfade(tools, job, signal),
  joinReel: (job, signal) => joinParts(tools, job, signal),
  partSound: (job, signal) => writePartSound(tools, job, signal),
  soundFile: (job, signal) => writeSoundFile(tools, job, signal),
  hearFile: (file, signal) => hearFile(tools, file, signal),
  animation: (job, signal) => makeAnimation(tools, job, signal),
  firstPicture: (job, signal) => writeFirstPicture(tools, job, signal),
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'scenedex-export-'))
}

/** Runs ffmpeg with these arguments and gives its stdout. */
export async function ffmpegOutput(args: string[]): Promise<Buffer> {
  const { code, stdout, stderr } = await runToEnd({ program: tools.ffmpeg, args: ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...args], signal: never })
  if (code !== 0) throw new Error(stderr.join('\n'))
  return stdout
}

export const videoId = VideoId.parse(1)
export const sceneId = SceneId.parse(1)

export async function factsOf(file: string): Promise<VideoFacts> {
  return { id: videoId, path: file, media: await probeFile(tools, file, never) }
}

interface OneVideo { scene?: Omit<ClipScene, 'videoId'>, spoken?: SpokenSegment[], title?: string, endPts?: number }

/** A library that holds one video. */
export async function libraryOf(file: string, { scene, spoken = [], title, endPts }: OneVideo = {}): Promise<ClipLookup> {
  const facts = await factsOf(file)
  const { size, mtimeMs } = statSync(file)
  const video = { facts, title: title ?? path.parse(file).name, sizeBytes: size, modifiedMs: Math.round(mtimeMs), endPts: endPts ?? null }
  return {
    scene: (id) => id === sceneId && scene !== undefined ? { ...scene, videoId } : null,
    video: (id) => id === videoId ? video : null,
    spoken: () => spoken,
    shotStarts: () => [],
  }
}

export function toolsWith(clips: ClipLookup, changed: Partial<ExportTools> = {}): ExportTools {
  return {
    ffmpeg: realFfmpeg,
    pictures: createPictures(),
    clips,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log: { info: () => undefined, warn: () => undefined, error: (text, cause) => { throw new Error(text, { cause }) } },
    emit: () => undefined,
    exportId: 1,
    ...changed,
  }
}
