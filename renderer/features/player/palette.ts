/** Colours of the tokens as a canvas takes them: it does not know light-dark(). */
type ColourName = 'panel' | 'canvas' | 'raised' | 'line' | 'line-strong' | 'text' | 'text-2' | 'text-3' | 'accent' | 'accent-soft' | 'said' | 'hover' | 'pressed' | 'film' | 'good'

export type Palette = Record<ColourName, string>

export function paletteOf(element: HTMLElement): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  element.parentElement?.append(probe)
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const palette: Palette = {
    'panel': colour('panel'), 'canvas': colour('canvas'), 'raised': colour('raised'), 'line': colour('line'), 'line-strong': colour('line-strong'), 'text': colour('text'),
    'text-2': colour('text-2'), 'text-3': colour('text-3'), 'accent': colour('accent'), 'accent-soft': colour('accent-soft'), 'said': colour('said'), 'hover': colour('hover'),
    'pressed': colour('pressed'), 'film': colour('film'), 'good': colour('good'),
  }
  probe.remove()
  return palette
}
