import type { VideoFacts } from '../../facts.ts'
import { ptsToSeconds, secondsToPts } from '../../facts.ts'
import type { ScanEvent } from '../../ports.ts'
import type { SceneRow, ShotRow, SilenceRow } from '../rows.ts'
import type { ShotBoundary } from '../shots/detector.ts'
import { createShotDetector } from '../shots/detector.ts'
import { colourDistance, dominantColours } from './colours.ts'
import type { SceneStretch } from './keyframe-choice.ts'
import { createLoudness, LOUDNESS_RATE } from './loudness.ts'
import { bestPause } from './pause.ts'
import type { ScanPosition } from './scan-position.ts'
import { endOfFirstScene } from './scene-rule.ts'
import type { Stretch } from './scene-rule.ts'
import type { ShotList } from './shot-list.ts'
import { createShotList } from './shot-list.ts'
import { silencesIn, WINDOWS_BEFORE } from './silence.ts'
import { createTimeline } from './timeline.ts'
import { endOfPictures } from './video-end.ts'

/** Seconds of two neighbours that are compared when a short shot chooses between them. */
const COMPARED_SECONDS = 2
/** A candidate's own look, seconds on each side. */
const AROUND_CANDIDATE = 0.2
/** A new decision is possible only after so much more of the video, seconds. */
const DECISION_STEP = 0.5

export interface FoundScene {
  row: Omit<SceneRow, 'keyframe'>
  /** What its key frame is chosen from. */
  stretch: SceneStretch
  /** Shots that end with or before this scene and were not given yet. */
  shots: ShotRow[]
  /** Silences that begin in this scene, or go on in it. */
  silences: SilenceRow[]
  /** From where a scan would go on after this scene. */
  position: Omit<ScanPosition, 'isDone'>
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

/** Turns what a decode gives into scenes, holding no more than the stretch that is not decided. */
export class SceneScan {
  /** Pictures so far, those before a resume included. */
  frames: number
  decodeErrors: number
  private readonly detector = createShotDetector()
  private readonly timeline = createTimeline()
  private readonly loudness = createLoudness()
  private shots: ShotList
  private readonly video: VideoFacts
  private readonly isFirstLook: boolean
  private readonly wantedFromPts: number
  private readonly earlierSoundEnd: number | null
  private silentBelow: number | null
  private stored: number
  private storedFrames: number
  private lastPts = Number.NEGATIVE_INFINITY
  private beforePts: number | null = null
  private decidedAt = Number.NEGATIVE_INFINITY
  private ended = false

  /** `fromPts`: pictures before it are not looked at, so that a resumed scan sees what it would have seen. */
  constructor(video: VideoFacts, position: ScanPosition | null, options: { fromPts: number | null, isFirstLook: boolean }) {
    const { startPts } = video.media.picture
    this.video = video
    this.isFirstLook = options.isFirstLook
    this.wantedFromPts = options.fromPts ?? Number.NEGATIVE_INFINITY
    const from = position ?? { endPts: Number.NEGATIVE_INFINITY, frames: 0, decodeErrors: 0, soundEndSeconds: null, silentBelow: null, shot: { startPts, transition: 'start' as const } }
    this.silentBelow = from.silentBelow
    this.stored = from.endPts
    this.storedFrames = from.frames
    this.frames = from.frames
    this.decodeErrors = from.decodeErrors
    this.earlierSoundEnd = from.soundEndSeconds
    this.shots = createShotList(from.shot, this.stored)
  }

  /** Seconds where the sound ends so far; null without any. */
  get soundEndSeconds(): number | null {
    const { endSeconds } = this.loudness
    if (endSeconds === null || this.earlierSoundEnd === null) return endSeconds ?? this.earlierSoundEnd
    return Math.max(endSeconds, this.earlierSoundEnd)
  }

  take(event: ScanEvent): void {
    switch (event.kind) {
      case 'frame':
        this.takeFrame(event.pts, event.pixels)
        break
      case 'candidate':
        if (event.pts >= this.stored) this.timeline.addCandidate({ pts: event.pts, jpeg: event.jpeg })
        break
      case 'sound':
        this.loudness.hear(event.startSeconds, event.samples)
        break
      case 'damage':
        this.decodeErrors += event.errors
        break
      case 'end':
    }
  }

  /** No picture will come any more. Gives the end of the video. */
  end(): number {
    this.ended = true
    // a file that became shorter since its first part was stored
    if (this.lastPts === Number.NEGATIVE_INFINITY) return this.stored
    this.noteBoundaries(this.detector.flush())
    const endPts = endOfPictures(this.video.media, { lastPts: this.lastPts, beforePts: this.beforePts, soundEndSeconds: this.soundEndSeconds }, this.isFirstLook)
    this.shots.end(endPts)
    return endPts
  }

  /** The next scene whose end is known; null when more of the video must be seen, or nothing is left. */
  nextScene(): FoundScene | null {
    const settled = this.seconds(this.detector.settledPts)
    if (!this.ended && settled < this.decidedAt + DECISION_STEP) return null
    const start = this.start()
    const closed = this.shots.endingAfter(this.stored).map((shot) => this.stretchOf(Math.max(shot.startPts, start), shot.endPts))
    const open = this.openStretch(start)
    const end = endOfFirstScene({
      closed,
      open,
      distance: (a, b) => this.distance(a, b),
      bestPause: (from, to) => this.pause(this.seconds(start), from, to),
    })
    if (end === null) {
      this.decidedAt = settled
      return null
    }
    return this.cutOff(start, this.ptsOf(end))
  }

  private takeFrame(pts: number, pixels: Uint8Array): void {
    // a picture out of order (a damaged file) would be in two places at once
    if (pts < this.wantedFromPts || pts <= this.lastPts) return
    if (this.lastPts === Number.NEGATIVE_INFINITY) this.takeFirstFrame(pts)
    else this.beforePts = this.lastPts
    this.lastPts = pts
    if (pts >= this.stored) this.frames++
    const { look, boundaries } = this.detector.push({ pts, seconds: this.seconds(pts), pixels })
    this.timeline.addLook(look, pixels)
    this.noteBoundaries(boundaries)
  }

  private takeFirstFrame(pts: number): void {
    if (this.stored === Number.NEGATIVE_INFINITY) this.shots = createShotList({ startPts: pts, transition: 'start' }, pts)
  }

  // A gradual transition belongs half to the shot before and half to the one after.
  private noteBoundaries(boundaries: readonly ShotBoundary[]): void {
    for (const boundary of boundaries) {
      const middle = boundary.kind === 'cut' ? boundary.startPts : this.timeline.frameAtOrAfter((boundary.startPts + boundary.endPts) / 2)
      if (middle !== undefined) this.shots.begin(middle, boundary)
    }
  }

  private start(): number {
    if (this.stored > Number.NEGATIVE_INFINITY) return this.stored
    return this.shots.endingAfter(this.stored)[0]?.startPts ?? this.shots.open.startPts
  }

  private openStretch(start: number): Stretch | null {
    if (this.ended) return null
    const from = Math.max(start, this.shots.open.startPts)
    return this.stretchOf(from, Math.max(from, this.detector.settledPts))
  }

  private cutOff(start: number, endPts: number): FoundScene {
    const looks = this.timeline.looks(start, endPts)
    const frames = looks.length
    const silences = this.takeSilences(start, endPts)
    const mean = (value: (look: typeof looks[number]) => number): number => round(looks.reduce((sum, look) => sum + value(look), 0) / Math.max(1, frames))
    const found: FoundScene = {
      row: {
        kind: 'scene',
        startPts: start,
        endPts,
        motion: mean(({ motion }) => motion),
        brightness: mean(({ brightness }) => brightness),
        colours: dominantColours(this.timeline.colours(start, endPts)),
      },
      stretch: this.keyframeStretch(start, endPts),
      shots: this.shots.takeUntil(endPts),
      silences,
      position: {
        endPts,
        shot: this.openShotAt(endPts),
        frames: this.storedFrames + frames,
        decodeErrors: this.decodeErrors,
        soundEndSeconds: this.soundEndSeconds,
        silentBelow: this.silentBelow,
        isFirstLook: this.isFirstLook,
      },
    }
    this.moveOn(endPts, frames)
    return found
  }

  private moveOn(endPts: number, frames: number): void {
    this.stored = endPts
    this.storedFrames += frames
    this.decidedAt = Number.NEGATIVE_INFINITY
    this.timeline.dropBefore(endPts)
    this.shots.dropTransitionsBefore(endPts)
    this.loudness.dropBefore(Math.floor(this.seconds(endPts) * LOUDNESS_RATE) - WINDOWS_BEFORE)
  }

  // A window of the sound belongs to the scene that it begins in.
  private takeSilences(startPts: number, endPts: number): SilenceRow[] {
    const firstFrom = (pts: number): number => Math.ceil(this.seconds(pts) * LOUDNESS_RATE)
    const { silences, open } = silencesIn(this.loudness, { from: firstFrom(startPts), to: firstFrom(endPts) }, this.silentBelow)
    this.silentBelow = open
    return silences.map(({ from, to }) => ({
      kind: 'silence',
      // in a coarse time base the nearest tick may be that of the next scene
      startPts: Math.min(endPts - 1, Math.max(startPts, this.ptsOf(from / LOUDNESS_RATE))),
      endPts: this.ptsOf(to / LOUDNESS_RATE),
    }))
  }

  private openShotAt(pts: number): ScanPosition['shot'] {
    const next = this.shots.endingAfter(pts)[0]
    return next === undefined ? this.shots.open : { startPts: next.startPts, transition: next.transition }
  }

  private keyframeStretch(startPts: number, endPts: number): SceneStretch {
    const { timeline } = this
    const around = this.ticks(1)
    const near = this.ticks(AROUND_CANDIDATE)
    return {
      startPts,
      endPts,
      toSeconds: (pts) => this.seconds(pts),
      looks: timeline.looks(startPts, endPts + around),
      candidates: timeline.candidates(startPts, endPts),
      colours: timeline.colours(startPts, endPts),
      layouts: timeline.layouts(startPts, endPts),
      // nothing from before the scene: a scan that was resumed may know more of that
      coloursAt: (pts) => timeline.colours(Math.max(startPts, pts - near), pts + near),
      transitions: this.shots.transitions().filter((transition) => transition.endPts >= startPts),
    }
  }

  private pause(start: number, from: number, to: number): number {
    const looks = this.timeline.looks(this.ptsOf(from) - this.ticks(1), this.ptsOf(to) + this.ticks(1))
    const seconds = bestPause({ start, from, to, looks, loudness: this.loudness })
    return this.seconds(this.timeline.frameAtOrAfter(this.ptsOf(seconds)) ?? this.ptsOf(seconds))
  }

  private distance(a: Stretch, b: Stretch): number {
    const [left, right] = a.start < b.start ? [a, b] : [b, a]
    const end = this.timeline.colours(this.ptsOf(Math.max(left.start, left.end - COMPARED_SECONDS)), this.ptsOf(left.end))
    const begin = this.timeline.colours(this.ptsOf(right.start), this.ptsOf(Math.min(right.end, right.start + COMPARED_SECONDS)))
    return colourDistance(end, begin)
  }

  private stretchOf(startPts: number, endPts: number): Stretch {
    return { start: this.seconds(startPts), end: this.seconds(endPts) }
  }

  private seconds(pts: number): number {
    return ptsToSeconds(this.video.media.picture, pts)
  }

  private ptsOf(seconds: number): number {
    return secondsToPts(this.video.media.picture, seconds)
  }

  private ticks(seconds: number): number {
    const { timeBase: { num, den } } = this.video.media.picture
    return Math.round(seconds * den / num)
  }
}
