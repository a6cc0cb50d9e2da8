import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useSettings } from '../../stores/settings.ts'
import type { Palette } from './palette.ts'
import { paletteOf } from './palette.ts'
import { ScenePictures } from './scene-pictures.ts'
import type { TimelineContent } from './timeline-drawing.ts'
import { drawTimeline, TIMELINE_HEIGHT } from './timeline-drawing.ts'
import type { Viewport } from './viewport.ts'

/** Counts up whenever colours are others. */
function useThemeChanges(): string {
  const theme = useSettings(({ settings }) => settings.theme)
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const look = (): void => { setDark(query.matches) }
    query.addEventListener('change', look)
    return () => { query.removeEventListener('change', look) }
  }, [])
  return `${theme} ${String(isDark)}`
}

interface TimelineCanvasProps { content: TimelineContent, viewport: Viewport, width: number }

/** The rows of the timeline. Drawn again when what they show changes, not while it plays. */
export function TimelineCanvas({ content, viewport, width }: TimelineCanvasProps) {
  const element = useRef<HTMLCanvasElement>(null)
  const kept = useRef<{ palette: Palette | null, pictures: ScenePictures | null, frame: number }>({ palette: null, pictures: null, frame: 0 })
  const theme = useThemeChanges()
  const draw = useEffectEvent(() => {
    const [canvas, context] = [element.current, element.current?.getContext('2d') ?? null]
    if (canvas === null || context === null || width === 0) return
    const scale = devicePixelRatio
    if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale)
    if (canvas.height !== Math.round(TIMELINE_HEIGHT * scale)) canvas.height = Math.round(TIMELINE_HEIGHT * scale)
    context.setTransform(scale, 0, 0, scale, 0, 0)
    const own = kept.current
    own.palette ??= paletteOf(canvas)
    own.pictures ??= new ScenePictures(later)
    const { pictures } = own
    drawTimeline({ context, width, viewport, palette: own.palette, picture: (scene) => pictures.get(scene) }, content)
  })
  const later = useEffectEvent(() => {
    cancelAnimationFrame(kept.current.frame)
    kept.current.frame = requestAnimationFrame(() => { draw() })
  })
  useEffect(() => { later() }, [content, viewport, width])
  useEffect(() => {
    kept.current.palette = null
    later()
  }, [theme])
  return <canvas ref={element} aria-hidden="true" style={{ width, height: TIMELINE_HEIGHT, display: 'block' }} />
}
