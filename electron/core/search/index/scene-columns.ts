import { z } from 'zod'
import type { IndexedScene, IndexedVideo } from '../../store/indexed-rows.ts'
import { BitNames } from './bit-names.ts'
import { filled, roomFor } from './growing-columns.ts'
import { IdTable } from './id-table.ts'

/** What of a video counts for its scenes. */
interface VideoColumns { id: number, secondsPerPts: number, recordedAt: string | null }

const FEWEST = 1024

const Colours = z.array(z.object({ name: z.string() }))

/**
 * What scenes can be chosen by, in columns of numbers: about 55 bytes a scene. Each scene has a place, from 0, that it keeps; the place of
 * one that is gone has the id 0 until another one gets it.
 */
export class SceneColumns {
  /** Places there are, free ones too. */
  size = 0
  ids = new Float64Array()
  /** Places of videos. */
  videos = new Int32Array()
  seconds = new Float64Array()
  brightness = new Float64Array()
  motion = new Float64Array()
  /** One bit for each colour of `colourNames`. */
  colours = new Uint32Array()
  readonly colourNames = new BitNames()
  /** One bit for each language of `languageNames`: those spoken in the scene. */
  languages = new Uint32Array()
  readonly languageNames = new BitNames()
  readonly videoAt: (VideoColumns | null)[] = []
  private readonly free: number[] = []
  private readonly placeOfVideo = new Map<number, number>()
  private readonly table = new IdTable((place) => this.ids[place] ?? 0)

  /** Of memory. */
  get bytes(): number {
    const { ids, videos, seconds, brightness, motion, colours, languages, table } = this
    return ids.byteLength + videos.byteLength + seconds.byteLength + brightness.byteLength + motion.byteLength + colours.byteLength + languages.byteLength + table.bytes
  }

  /** Undefined for a scene that is not there. */
  placeOf(sceneId: number): number | undefined { return this.table.find(sceneId) }

  hasVideo(videoId: number): boolean { return this.placeOfVideo.has(videoId) }

  /** Places of those of the videos that are there. */
  placesOfVideos(ids: readonly number[]): number[] { return ids.flatMap((id) => this.placeOfVideo.get(id) ?? []) }

  /** Makes room for so many scenes. */
  reserve(count: number): void {
    if (count <= this.ids.length) return
    const room = roomFor(count, { old: this.ids.length, fewest: FEWEST })
    this.ids = filled(new Float64Array(room), this.ids)
    this.videos = filled(new Int32Array(room), this.videos)
    this.seconds = filled(new Float64Array(room), this.seconds)
    this.brightness = filled(new Float64Array(room), this.brightness)
    this.motion = filled(new Float64Array(room), this.motion)
    this.colours = filled(new Uint32Array(room), this.colours)
    this.languages = filled(new Uint32Array(room), this.languages)
    this.table.reserve(count)
  }

  /** Adds a video, or changes what is known of it. The scenes of one whose time base changes have to be put again. */
  putVideo({ id, num, den, recorded_at: recordedAt }: IndexedVideo): void {
    const place = this.placeOfVideo.get(id) ?? this.videoAt.length
    this.placeOfVideo.set(id, place)
    this.videoAt[place] = { id, secondsPerPts: num === null || den === null ? NaN : num * 1.0 / den, recordedAt }
  }

  removeVideo(id: number): void {
    const place = this.placeOfVideo.get(id)
    if (place === undefined) return
    this.videoAt[place] = null
    this.placeOfVideo.delete(id)
  }

  /** Adds a scene of a video that is there, or changes it. */
  putScene(scene: IndexedScene): void {
    const video = this.placeOfVideo.get(scene.video_id)
    if (video === undefined) return
    const place = this.table.find(scene.id) ?? this.free.pop() ?? this.size
    if (place === this.size) this.reserve(++this.size)
    this.ids[place] = scene.id
    this.table.set(scene.id, place)
    this.videos[place] = video
    // As the library itself computes it: scene-conditions.ts.
    this.seconds[place] = (scene.end_pts - scene.start_pts) * (this.videoAt[video]?.secondsPerPts ?? NaN)
    this.brightness[place] = scene.brightness
    this.motion[place] = scene.motion
    this.colours[place] = scene.colours === '[]' ? 0 : this.colourNames.bitsOf(Colours.parse(JSON.parse(scene.colours)).map(({ name }) => name))
    this.languages[place] = this.languageNames.bitsOf(scene.languages)
  }

  removeScene(id: number): void {
    const place = this.table.find(id)
    if (place === undefined) return
    this.table.remove(id)
    this.ids[place] = 0
    this.free.push(place)
  }
}
