import { colourNames } from '../../../electron/contract/query-language.ts'

/** How a colour looks; null for what is none. */
export function swatchOf(value: string): string | null {
  const written = value.toLowerCase()
  const name = colourNames.find((one) => one === (written === 'gray' ? 'grey' : written))
  return name === undefined ? null : `var(--swatch-${name})`
}
