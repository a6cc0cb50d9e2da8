import { messages } from '../../messages.ts'
import { askMore, useSearch } from '../../stores/search.ts'
import { Button } from '../../ui/button.tsx'
import css from './hit-grid.module.css'

const text = messages.search

/** Stands where the next page will: it is on its way, or why it is not. */
export function MoreHits() {
  const error = useSearch((state) => state.pageError)
  return error === null ? <span>{text.fetchingMore}</span> : (
    <span role="alert" className={css.failed}>{text.moreFailed(error.message)} <Button onClick={() => { void askMore() }}>{messages.common.retry}</Button></span>
  )
}
