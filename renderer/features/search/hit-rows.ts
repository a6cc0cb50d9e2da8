/** A row of the grid: hits `from` (included) to `to` of all of them, or something across its whole width. */
export type HitRow =
  | { kind: 'hits', from: number, to: number }
  | { kind: 'nearest-heading' }
  | { kind: 'more' }

interface Counts { hits: number, nearest: number, columns: number, isMore: boolean }

function hitRows(from: number, to: number, columns: number): HitRow[] {
  return Array.from({ length: Math.ceil((to - from) / columns) }, (_, row) => (
    { kind: 'hits', from: from + row * columns, to: Math.min(to, from + (row + 1) * columns) }
  ))
}

/** The rows that hits and, under a heading of their own where there are hits before them, the nearest are shown in. The nearest are counted on from the hits. */
export function rowsFor({ hits, nearest, columns, isMore }: Counts): HitRow[] {
  const more: HitRow[] = isMore ? [{ kind: 'more' }] : []
  const heading: HitRow[] = nearest === 0 || hits === 0 ? [] : [{ kind: 'nearest-heading' }]
  const below = [...heading, ...hitRows(hits, hits + nearest, columns)]
  return [...hitRows(0, hits, columns), ...more, ...below]
}

const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'] as const
export type MoveKey = typeof keys[number]

/** The key, if it is one that moves in the grid. */
export function moveKey(key: string): MoveKey | null {
  return keys.find((known) => known === key) ?? null
}

const PAGE_ROWS = 3

function inRow(rows: HitRow[], at: number, rowsDown: number): number {
  const spans = rows.filter((row) => row.kind === 'hits')
  const here = spans.findIndex(({ from, to }) => at >= from && at < to)
  const [own, aim] = [spans[here], spans[Math.max(0, Math.min(spans.length - 1, here + rowsDown))]]
  return own === undefined || aim === undefined ? at : Math.min(aim.from + at - own.from, aim.to - 1)
}

/** Where a key leads to from hit `at`; null where there is nothing further up, so that the box can take over. */
export function movedTo(rows: HitRow[], at: number, key: MoveKey): number | null {
  const last = rows.reduce((most, row) => row.kind === 'hits' ? Math.max(most, row.to - 1) : most, 0)
  switch (key) {
    case 'ArrowLeft': return Math.max(0, at - 1)
    case 'ArrowRight': return Math.min(last, at + 1)
    case 'ArrowUp': {
      const to = inRow(rows, at, -1)
      return to === at ? null : to
    }
    case 'ArrowDown': return inRow(rows, at, 1)
    case 'PageUp': return inRow(rows, at, -PAGE_ROWS)
    case 'PageDown': return inRow(rows, at, PAGE_ROWS)
    case 'Home': return 0
    case 'End': return last
  }
}
