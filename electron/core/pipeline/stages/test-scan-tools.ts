import { existsSync } from 'node:fs'
import path from 'node:path'
import { usualSettings } from '../../../contract/settings.ts'
import type { StageTools } from '../stage.ts'
import type { FfmpegTools } from '../../../../native/ffmpeg/locate.ts'
import { scanVideo } from '../../../../native/ffmpeg/scan.ts'
import { createPictures } from '../../../../native/pictures/sharp-pictures.ts'

/** Where the real media lie. */
export const SHARED_VIDEOS = path.resolve(process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '../../../../../shared'), 'media/videos')

/** True where the real media are; tests that need them say so in their names. */
export const hasSharedVideos = existsSync(SHARED_VIDEOS)

/** The real ffmpeg and sharp, as far as the scan stage needs tools. */
export function scanTools(tools: FfmpegTools): StageTools {
  const unused = (): never => { throw new Error('the scan asks for nothing but the scan') }
  const silent = (): void => undefined
  return {
    ffmpeg: {
      scan: (request, signal) => scanVideo(tools, request, signal),
      probe: unused, subtitleTrack: unused, sound: unused, cut: unused, titleCard: unused, crossfade: unused, joinReel: unused, partSound: unused,
      soundFile: unused, hearFile: unused, animation: unused, firstPicture: unused,
      captionLetters: unused, embedCaptions: unused, proxy: unused, still: unused, decodeAll: unused,
      loudness: unused, packets: unused, copyPackets: unused, encodeEdge: unused, finishTrack: unused, soundPackets: unused,
    },
    pictures: createPictures(),
    models: { pictures: unused, text: unused, voice: unused, speech: unused, embedderOf: unused },
    clock: { now: Date.now, monotonic: () => performance.now(), sleep: unused },
    log: { info: silent, warn: silent, error: silent },
    threads: null,
    othersAtWork: () => false,
    storedScenes: () => [],
    storedSegments: () => [], storedPictureVectors: () => [], storedPictureSample: () => [], storedSilences: () => [], settings: () => usualSettings, labels: () => [],
  }
}
