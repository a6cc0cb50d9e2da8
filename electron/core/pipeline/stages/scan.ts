import type { MediaFacts, VideoFacts } from '../../facts.ts'
import { ptsToSeconds } from '../../facts.ts'
import type { ScanRequest } from '../../ports.ts'
import { refusal } from '../../refusals.ts'
import type { Row, SceneRow } from '../rows.ts'
import { chooseKeyframe } from '../scenes/keyframe-choice.ts'
import { moreFrames } from '../scenes/more-frames.ts'
import type { ScanPosition } from '../scenes/scan-position.ts'
import { readPosition } from '../scenes/scan-position.ts'
import type { FoundScene } from '../scenes/scene-scan.ts'
import { SceneScan } from '../scenes/scene-scan.ts'
import type { Candidate } from '../scenes/timeline.ts'
import { isCutShort } from '../scenes/video-end.ts'
import { SMALL_FRAME, WARM_UP_SECONDS } from '../shots/detector.ts'
import type { Chunk, Stage, StageTools } from '../stage.ts'
import { probedVideo } from '../stage.ts'

/** Seconds of video in a chunk, about: a chunk ends with a scene. A first look is some hundred times as fast. */
const CHUNK_SECONDS = 20
const FIRST_LOOK_CHUNK_SECONDS = 120
/** Beside the warm-up of the detector: a transition around the end of the last scene must be found again, from its beginning. */
const LONGEST_TRANSITION_SECONDS = 6
const CANDIDATE = { perSecond: 2, longEdge: 512 }
/** Width at which pictures are compared in sharpness. */
const SHARPNESS_WIDTH = 256

/**
 * Decodes the video once: shots, scenes with their key frames and more pictures of those that move, silences, and where the video really ends. A first look decodes key
 * frames only. A position is the end of a scene: what comes after it hangs on nothing before it but the shot that is open
 * and what the detector sees again in its warm-up, so that a resumed scan gives the rows of an undisturbed one.
 * Throws NO_FRAMES and UNREADABLE for files that give no picture.
 */
export const scanStage: Stage = {
  name: 'scan',
  version: 3,
  needs: ['probe'],
  resource: 'decode',
  async* run(input, tools, signal): AsyncGenerator<Chunk> {
    const video = probedVideo(input)
    const position = readPosition(input.resumeFrom, input.isFirstLook)
    if (position?.isDone === true) return
    const request = { ...requestFor(video, position, input.isFirstLook), threads: tools.threads }
    const scan = new SceneScan(video, position, { fromPts: request.fromPts, isFirstLook: input.isFirstLook })
    const chunks = new ChunkMaker(video.media, position, input.isFirstLook)
    for await (const events of tools.ffmpeg.scan(request, signal)) {
      signal.throwIfAborted()
      for (const event of events) scan.take(event)
      for (let found = scan.nextScene(); found !== null; found = scan.nextScene()) {
        chunks.add(found, await sceneRow(found, tools))
        signal.throwIfAborted()
        if (chunks.isDue) yield chunks.take()
      }
    }
    yield await lastChunk({ video, isFirstLook: input.isFirstLook, scan, chunks, tools, signal })
  },
}

function requestFor(video: VideoFacts, position: ScanPosition | null, isFirstLook: boolean): Omit<ScanRequest, 'threads'> {
  const { timeBase: { num, den } } = video.media.picture
  const warmUp = Math.ceil((WARM_UP_SECONDS + LONGEST_TRANSITION_SECONDS) * den / num)
  return {
    video,
    fromPts: position === null ? null : position.endPts - warmUp,
    keyFramesOnly: isFirstLook,
    smallFrame: SMALL_FRAME,
    candidate: CANDIDATE,
    withSound: !isFirstLook,
  }
}

type KeptFrame = NonNullable<SceneRow['keyframe']>

async function sceneRow({ row, stretch, position }: FoundScene, { pictures }: StageTools): Promise<SceneRow> {
  const chosen = await chooseKeyframe(stretch, (jpeg) => pictures.sharpness(jpeg, SHARPNESS_WIDTH))
  if (chosen === null) return { ...row, keyframe: null }
  const kept = async ({ pts, jpeg }: Candidate): Promise<KeptFrame> => ({ pts, webp: await pictures.toWebp(jpeg, CANDIDATE.longEdge) })
  const frames: KeptFrame[] = []
  // A first look sees key frames only: what else there is to see, the full scan says.
  if (!position.isFirstLook) for (const more of moreFrames(stretch, chosen)) frames.push(await kept(more))
  return { ...row, keyframe: await kept(chosen), ...frames.length > 0 ? { frames } : {} }
}

function requirePictures(path: string, scan: SceneScan): void {
  if (scan.frames > 0) return
  throw refusal(scan.decodeErrors > 0 ? 'UNREADABLE' : 'NO_FRAMES', path)
}

interface LastStep { video: VideoFacts, isFirstLook: boolean, scan: SceneScan, chunks: ChunkMaker, tools: StageTools, signal: AbortSignal }

async function lastChunk({ video, isFirstLook, scan, chunks, tools, signal }: LastStep): Promise<Chunk> {
  requirePictures(video.path, scan)
  const endPts = scan.end()
  for (let found = scan.nextScene(); found !== null; found = scan.nextScene()) {
    signal.throwIfAborted()
    chunks.add(found, await sceneRow(found, tools))
  }
  // A first look saw only key frames: where the pictures really end shows in the full scan.
  const isTruncated = !isFirstLook && isCutShort(video.media, endPts, scan.soundEndSeconds)
  return chunks.takeLast({ kind: 'end', endPts, frames: scan.frames, isTruncated, isDamaged: scan.decodeErrors > 0 })
}

/** Collects scenes until they fill a chunk. */
class ChunkMaker {
  private rows: Row[] = []
  private from: number
  private last: FoundScene['position'] | null = null
  private readonly media: MediaFacts
  private readonly chunkSeconds: number
  private sinceSeconds: number

  constructor(media: MediaFacts, position: ScanPosition | null, isFirstLook: boolean) {
    this.media = media
    this.last = position
    this.from = position?.endPts ?? Number.MIN_SAFE_INTEGER
    this.sinceSeconds = position === null ? 0 : this.seconds(position.endPts)
    this.chunkSeconds = isFirstLook ? FIRST_LOOK_CHUNK_SECONDS : CHUNK_SECONDS
  }

  get isDue(): boolean {
    return this.last !== null && this.rows.length > 0 && this.seconds(this.last.endPts) - this.sinceSeconds >= this.chunkSeconds
  }

  add(found: FoundScene, scene: SceneRow): void {
    this.rows.push(...found.shots, ...found.silences, scene)
    this.last = found.position
  }

  take(): Chunk {
    const { last } = this
    if (last === null || this.rows.length === 0) throw new Error('a chunk of the scan has no scene')
    const endSeconds = this.seconds(last.endPts)
    const chunk: Chunk = {
      rows: this.rows,
      replaces: { from: this.from, to: last.endPts },
      position: positionText({ ...last, isDone: false }),
      progress: Math.min(1, this.media.durationSeconds === null ? 0 : endSeconds / Math.max(endSeconds, this.media.durationSeconds, 1e-6)),
    }
    this.rows = []
    this.from = last.endPts
    this.sinceSeconds = endSeconds
    return chunk
  }

  takeLast(end: Row): Chunk {
    const position = this.last === null ? '' : positionText({ ...this.last, isDone: true })
    return { rows: [...this.rows, end], replaces: { from: this.from, to: Number.MAX_SAFE_INTEGER }, position, progress: 1 }
  }

  private seconds(pts: number): number {
    return ptsToSeconds(this.media.picture, pts)
  }
}

function positionText(position: ScanPosition): string {
  return JSON.stringify(position)
}
