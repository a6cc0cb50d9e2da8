import type { Ffmpeg } from '../../electron/core/ports.ts'
import { captionLetters } from './caption-letters.ts'
import { soundPackets } from './clip-sound.ts'
import { cutExact } from './cut.ts'
import { decodeAll } from './decode-all.ts'
import { embedCaptions } from './embed-captions.ts'
import type { FfmpegTools } from './locate.ts'
import { locateTools } from './locate.ts'
import { readPackets } from './packets.ts'
import { probeFile } from './probe.ts'
import { measureLoudness } from './loudness.ts'
import { makeProxyPiece } from './proxy.ts'
import { makeAnimation } from './formats/animation.ts'
import { writeFirstPicture } from './formats/first-picture.ts'
import { hearFile, writeSoundFile } from './formats/sound-file.ts'
import { makeCrossfade } from './reel/crossfade.ts'
import { joinParts } from './reel/join.ts'
import { writePartSound } from './reel/part-sound.ts'
import { makeTitleCard } from './reel/title-card.ts'
import { scanVideo } from './scan.ts'
import { readSound } from './sound.ts'
import { encodeEdge } from './smart/encode-edge.ts'
import { finishTrack } from './smart/finish-track.ts'
import { stillPicture } from './still.ts'
import { copyPackets } from './stream-copy.ts'
import { subtitleTrack } from './subtitles.ts'

/** The real ffmpeg and ffprobe. They are looked for at the first use: a search needs neither. */
export function createFfmpeg(): Ffmpeg {
  let located: FfmpegTools | null = null
  const tools = (): FfmpegTools => located ??= locateTools()
  return {
    probe: async (path, signal) => probeFile(tools(), path, signal),
    scan: (request, signal) => scanVideo(tools(), request, signal),
    subtitleTrack: async (video, streamIndex, signal) => subtitleTrack(tools(), { video, streamIndex }, signal),
    sound: (request, signal) => readSound(tools(), request, signal),
    cut: async (job, onProgress, signal) => cutExact(tools(), job, { onProgress, signal }),
    titleCard: async (job, signal) => makeTitleCard(tools(), job, signal),
    crossfade: async (job, signal) => makeCrossfade(tools(), job, signal),
    partSound: async (job, signal) => writePartSound(tools(), job, signal),
    joinReel: async (job, signal) => joinParts(tools(), job, signal),
    soundFile: async (job, signal) => writeSoundFile(tools(), job, signal),
    hearFile: async (path, signal) => hearFile(tools(), path, signal),
    animation: async (job, signal) => makeAnimation(tools(), job, signal),
    firstPicture: async (job, signal) => writeFirstPicture(tools(), job, signal),
    loudness: async (job, signal) => measureLoudness(tools(), job, signal),
    captionLetters: async (captions, signal) => captionLetters(tools(), captions, signal),
    embedCaptions: async (job, signal) => embedCaptions(tools(), job, signal),
    proxy: async (job, onProgress, signal) => makeProxyPiece(tools(), job, { onProgress, signal }),
    still: async (request, signal) => stillPicture(tools(), request, signal),
    decodeAll: async (request, signal) => decodeAll(tools(), request, signal),
    packets: (request, signal) => readPackets(tools(), request, signal),
    copyPackets: async (job, signal) => copyPackets(tools(), job, signal),
    encodeEdge: async (job, signal) => encodeEdge(tools(), job, signal),
    finishTrack: async (job, signal) => finishTrack(tools(), job, signal),
    soundPackets: async (request, signal) => soundPackets(tools(), request, signal),
  }
}
