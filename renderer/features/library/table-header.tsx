import { ArrowDown, ArrowUp } from 'lucide-react'
import { messages } from '../../messages.ts'
import type { SortKey } from './arrange.ts'
import css from './library-view.module.css'
import { sortBy, useLibraryOptions } from './library-options.ts'

const { columns } = messages.library

function SortButton({ sortKey, label }: { sortKey: SortKey, label: string }) {
  const sort = useLibraryOptions((state) => state.sort)
  const isCurrent = sort.key === sortKey
  return (
    <button type="button" className={css.column} aria-pressed={isCurrent} onClick={() => { sortBy(sortKey) }}>
      {label}{isCurrent ? sort.isAscending ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" /> : null}
    </button>
  )
}

/** The names of the columns; those that can be sorted by are buttons. */
export function TableHeader() {
  return (
    <div className={css.columns}>
      <span />
      <span />
      <SortButton sortKey="title" label={columns.title} />
      <SortButton sortKey="state" label={columns.state} />
      <span>{columns.coverage}</span>
      <SortButton sortKey="duration" label={columns.duration} />
      <span className={css.right}>{columns.picture}</span>
      <SortButton sortKey="size" label={columns.size} />
      <SortButton sortKey="recorded" label={columns.recorded} />
      <SortButton sortKey="added" label={columns.added} />
    </div>
  )
}
