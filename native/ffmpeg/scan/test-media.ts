import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { MediaFacts } from '../../../electron/core/facts.ts'
import type { ScanEvent, ScanRequest } from '../../../electron/core/ports.ts'
import { VideoId } from '../../../electron/contract/ids.ts'
import type { FfmpegTools } from '../locate.ts'
import { locateTools } from '../locate.ts'
import { probeFile } from '../probe.ts'
import { scanVideo } from '../scan.ts'

/** A folder that is gone after the test, and what makes media in it. */
export interface TestMedia {
  folder: string
  tools: FfmpegTools
  /** Runs ffmpeg with these arguments (a string is split at spaces) and gives the path of the file it made. */
  make(name: string, args: string, more?: string[]): string
  remove(): void
}

export function createTestMedia(): TestMedia {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'scenedex-scan-'))
  const tools = locateTools()
  return {
    folder,
    tools,
    make(name, args, more = []) {
      const file = path.join(folder, name)
      execFileSync(tools.ffmpeg, ['-v', 'error', '-y', ...args.split(' '), ...more, file])
      return file
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** pts of every picture that decodes, as ffprobe tells them. */
export function truePts({ tools }: TestMedia, file: string, stream = 0): number[] {
  const args = ['-v', 'quiet', '-select_streams', String(stream), '-show_entries', 'frame=best_effort_timestamp', '-of', 'csv=p=0', file]
  return execFileSync(tools.ffprobe, args, { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n').filter(Boolean).map(Number.parseFloat)
}

export interface Scanned {
  media: MediaFacts
  pts: number[]
  /** Brightness 0 to 255 of each small frame: the mean of all its bytes. */
  levels: number[]
  candidates: { pts: number, jpeg: Uint8Array }[]
  sound: { startSeconds: number, samples: Int16Array } | null
  damages: number
  end: Extract<ScanEvent, { kind: 'end' }> | null
}

function join(blocks: Int16Array[]): Int16Array {
  const all = new Int16Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    all.set(block, at)
    at += block.length
  }
  return all
}

/** Scans a file and keeps everything. */
export async function scanAll(tools: FfmpegTools, file: string, options: Partial<ScanRequest> = {}): Promise<Scanned> {
  const signal = new AbortController().signal
  const media = await probeFile(tools, file, signal)
  const request: ScanRequest = {
    video: { id: VideoId.parse(1), path: file, media },
    fromPts: null,
    keyFramesOnly: false,
    smallFrame: { width: 48, height: 27 },
    candidate: { perSecond: 2, longEdge: 320 },
    withSound: true,
    ...options,
  }
  const all: Scanned = { media, pts: [], levels: [], candidates: [], sound: null, damages: 0, end: null }
  const sounds: Extract<ScanEvent, { kind: 'sound' }>[] = []
  const take = (event: ScanEvent): void => {
    switch (event.kind) {
      case 'frame':
        all.pts.push(event.pts)
        all.levels.push(event.pixels.reduce((sum, value) => sum + value, 0) / event.pixels.length)
        break
      case 'candidate':
        all.candidates.push({ pts: event.pts, jpeg: event.jpeg })
        break
      case 'sound':
        sounds.push(event)
        break
      case 'damage':
        all.damages += event.errors
        break
      case 'end':
        all.end = event
    }
  }
  for await (const events of scanVideo(tools, request, signal)) events.forEach(take)
  const first = sounds[0]
  if (first !== undefined) all.sound = { startSeconds: first.startSeconds, samples: join(sounds.map(({ samples }) => samples)) }
  return all
}
