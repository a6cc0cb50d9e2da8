/** The colours that scenes can be found by, in the order of a palette. */
export const colourNames = ['black', 'grey', 'white', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'brown'] as const

/** How a colour looks; null for what is none. */
export function swatchOf(value: string): string | null {
  const written = value.toLowerCase()
  const name = colourNames.find((one) => one === (written === 'gray' ? 'grey' : written))
  return name === undefined ? null : `var(--swatch-${name})`
}
