import type { PlayerVideo, Span } from '../../../electron/contract/player.ts'
import type { SceneId } from '../../../electron/contract/ids.ts'
import { timeText } from '../../time-text.ts'
import type { Palette } from './palette.ts'
import type { Line } from './transcript.ts'
import { lastBegun } from './transcript.ts'
import type { Viewport } from './viewport.ts'
import { rulerStep } from './viewport.ts'

/** Everything that a timeline shows, apart from what moves. */
export interface TimelineContent {
  player: Pick<PlayerVideo, 'scenes' | 'shots' | 'silences'>
  lines: readonly Line[]
  hits: readonly Span[]
  clips: readonly Span[]
  duration: number
}

export interface Canvas {
  context: CanvasRenderingContext2D
  width: number
  viewport: Viewport
  palette: Palette
  /** The picture of a scene once it is loaded; asks for it otherwise. */
  picture(scene: SceneId): HTMLImageElement | null
}

/** Rows from top to bottom, in CSS pixels. */
const rows = { ruler: { top: 0, height: 20 }, hits: { top: 21, height: 5 }, scenes: { top: 27, height: 46 }, speech: { top: 75, height: 18 }, clips: { top: 95, height: 7 } }
export const TIMELINE_HEIGHT = 104

const LABEL_WIDTH = 72
const THUMB_WIDTH = 78
const LEAST_THUMB = 30

const FONT = 'system-ui, sans-serif'

const xOf = ({ viewport, width }: Canvas, second: number): number => (second - viewport.from) / viewport.seconds * width

/** Of spans in the order of their starts, those that the viewport shows. */
function visible<One extends Span>(spans: readonly One[], { viewport }: Canvas): readonly One[] {
  const first = Math.max(0, lastBegun(spans, viewport.from))
  return spans.slice(first, lastBegun(spans, viewport.from + viewport.seconds) + 1)
}

/** Fills spans, however many: those that fall on the same pixels are filled once. */
function fillSpans(canvas: Canvas, spans: readonly Span[], { top, height, least }: { top: number, height: number, least: number }): void {
  let [from, to] = [-Infinity, -Infinity]
  const fill = (): void => { if (to > from) canvas.context.fillRect(from, top, to - from, height) }
  for (const { start, end } of spans) {
    const [left, right] = [xOf(canvas, start), Math.max(xOf(canvas, end), xOf(canvas, start) + least)]
    if (left > to + 0.5) { fill(); from = left }
    to = Math.max(to, right)
  }
  fill()
}

function drawRuler(canvas: Canvas, duration: number): void {
  const { context, viewport, width, palette } = canvas
  const step = rulerStep(viewport, width, LABEL_WIDTH)
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2
  context.font = `11px ${FONT}`
  context.textBaseline = 'middle'
  const until = Math.min(duration, viewport.from + viewport.seconds)
  for (let at = Math.ceil(viewport.from / step - 1e-9); at * step <= until + 1e-9; at++) {
    const x = Math.round(xOf(canvas, at * step)) + 0.5
    context.fillStyle = palette['line-strong']
    context.fillRect(x - 0.5, rows.ruler.height - 6, 1, 6)
    context.fillStyle = palette['text-3']
    if (x + LABEL_WIDTH * 0.7 < width) context.fillText(timeText(at * step, digits), x + 4, 9)
  }
  context.fillStyle = palette.line
  const small = step / 5
  if (small / viewport.seconds * width < 6) return
  for (let at = Math.ceil(viewport.from / small - 1e-9); at * small <= until; at++) context.fillRect(Math.round(xOf(canvas, at * small)), rows.ruler.height - 3, 1, 3)
}

function drawPicture({ context, picture }: Canvas, scene: SceneId, { x, width }: { x: number, width: number }): void {
  const image = picture(scene)
  if (image === null) return
  const { top, height } = rows.scenes
  const scale = Math.max(width / image.naturalWidth, height / image.naturalHeight)
  const [w, h] = [width / scale, height / scale]
  context.drawImage(image, (image.naturalWidth - w) / 2, (image.naturalHeight - h) / 2, w, h, x, top, width, height)
}

/** A key frame at the start of each scene that has room; where scenes are short, one for as many as it covers. */
function drawPictures(canvas: Canvas, scenes: PlayerVideo['scenes']): void {
  let x = 0
  while (x < canvas.width) {
    const second = canvas.viewport.from + (x + 0.5) / canvas.width * canvas.viewport.seconds
    const scene = scenes[lastBegun(scenes, second)]
    if (scene === undefined) break
    const end = xOf(canvas, scene.end)
    const start = Math.max(x, xOf(canvas, scene.start))
    const isWide = end - start >= LEAST_THUMB
    drawPicture(canvas, scene.id, { x: start, width: isWide ? Math.min(THUMB_WIDTH, end - start) : Math.min(THUMB_WIDTH, canvas.width - start) })
    x = isWide ? end + 0.01 : start + THUMB_WIDTH
  }
}

function drawScenes(canvas: Canvas, { player }: TimelineContent): void {
  const { context, palette, viewport, width } = canvas
  const { top, height } = rows.scenes
  const shown = visible(player.scenes, canvas)
  context.fillStyle = palette.hover
  fillSpans(canvas, shown, { top, height, least: 1 })
  drawPictures(canvas, player.scenes)
  const shots = visible(player.shots, canvas)
  if (shots.length < width / 3) {
    context.fillStyle = palette['text-3']
    for (const { start } of shots) if (start > viewport.from) context.fillRect(Math.round(xOf(canvas, start)), top + height - 7, 1, 7)
  }
  if (shown.length > width / 4) return
  context.fillStyle = palette.panel
  for (const { start } of shown) context.fillRect(Math.round(xOf(canvas, start)) - 1, top, 2, height)
}

const WORD_LEAST_PX = 8
const TEXT_LEAST_PX_PER_SECOND = 80

function drawSpeech(canvas: Canvas, { lines, player, duration }: TimelineContent): void {
  const { context, palette, viewport, width } = canvas
  const { top, height } = rows.speech
  context.fillStyle = palette.hover
  fillSpans(canvas, [{ start: 0, end: duration }], { top, height, least: 1 })
  context.fillStyle = palette['line-strong']
  fillSpans(canvas, visible(player.silences, canvas), { top, height: 2, least: 1 })
  const perSecond = width / viewport.seconds
  const shown = visible(lines, canvas)
  const areWordsWide = perSecond * 0.3 > WORD_LEAST_PX
  const spans = areWordsWide ? shown.flatMap((line) => line.words.length === 0 ? [line] : line.words) : shown
  context.fillStyle = palette.said
  if (perSecond < TEXT_LEAST_PX_PER_SECOND) {
    fillSpans(canvas, spans, { top: top + 4, height: height - 8, least: 1.5 })
    return
  }
  context.font = `11px ${FONT}`
  context.textBaseline = 'middle'
  for (const span of spans) {
    const [left, right] = [xOf(canvas, span.start), xOf(canvas, span.end)]
    context.fillRect(left, top + height - 2, Math.max(1, right - left - 1), 2)
    if (right - left >= WORD_LEAST_PX) context.fillText(span.text, left, top + height / 2, right - left + 2)
  }
}

/** Draws all of it. Takes as long as there are pixels, not as there are words. */
export function drawTimeline(canvas: Canvas, content: TimelineContent): void {
  const { context, width, palette } = canvas
  context.clearRect(0, 0, width, TIMELINE_HEIGHT)
  drawRuler(canvas, content.duration)
  context.fillStyle = palette.accent
  fillSpans(canvas, visible(content.hits, canvas), { ...rows.hits, least: 3 })
  drawScenes(canvas, content)
  drawSpeech(canvas, content)
  context.fillStyle = palette.good
  fillSpans(canvas, content.clips, { ...rows.clips, least: 3 })
}
