import { Clapperboard, FolderDown, Scissors, Search, Sparkles } from 'lucide-react'
import { messages } from '../../messages.ts'
import { Button } from '../../ui/button.tsx'
import { MissingNote } from '../shell/missing-note.tsx'
import { importChosenFiles, importChosenFolder } from './import-actions.ts'
import { importSample, useImport } from './import-run.ts'
import css from './empty-library.module.css'

const text = messages.library.empty
const icons = [<Clapperboard key="pictures" />, <Search key="search" />, <Scissors key="export" />]

const noted = ['speech', 'pictures'] as const

/** What the app is for, and the first thing to do. */
export function EmptyLibrary() {
  const isMakingSample = useImport((state) => state.run?.isSample === true)
  const isBusy = useImport((state) => state.run !== null)
  return (
    <div className={css.empty}>
      <h1>{text.title}</h1>
      <ol className={css.points}>{text.points.map((point, at) => <li key={point}><span aria-hidden="true">{icons[at]}</span><p>{point}</p></li>)}</ol>
      <div className={css.target}>
        <FolderDown aria-hidden="true" />
        <p className={css.drop}>{text.drop}</p>
        <div className={css.buttons}>
          <Button kind="primary" disabled={isBusy} onClick={() => { void importChosenFiles() }}>{text.files}</Button>
          <Button disabled={isBusy} onClick={() => { void importChosenFolder() }}>{text.folder}</Button>
        </div>
        <span className={css.or}>{text.or}</span>
        <Button icon={<Sparkles />} disabled={isBusy} onClick={() => { void importSample() }}>{isMakingSample ? text.makingSample : text.sample}</Button>
      </div>
      <MissingNote tasks={noted} />
    </div>
  )
}
