import { HardDrive } from 'lucide-react'
import { messages } from '../../../messages.ts'
import { addModelFromDisk, useModels } from '../../../stores/models.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { choosePaths } from '../../library/choose-paths.ts'
import css from './models.module.css'

const text = messages.settings.models

async function add(what: 'folder' | 'archive'): Promise<void> {
  const [path] = await choosePaths({ what, title: what === 'folder' ? text.chooseFolder : text.chooseArchive }) ?? []
  if (path !== undefined) await addModelFromDisk(path)
}

/** A model that somebody carried here, for machines that never see a network. */
export function AddFromDisk() {
  const adding = useModels((state) => state.adding)
  const groups = [[
    { id: 'folder', label: text.aFolder, onChoose: () => { void add('folder') } },
    { id: 'archive', label: text.anArchive, onChoose: () => { void add('archive') } },
  ]]
  return (
    <div className={css.disk}>
      <p className={css.hint}>{text.fromDiskText}</p>
      {adding === null ? <Menu trigger={<Button icon={<HardDrive />}>{text.fromDisk}</Button>} groups={groups} /> : (
        <div className={css.state} role="status">
          <Progress label={text.adding} value={null} />
          <div className={css.line}><span>{text.adding}</span><Button kind="quiet" onClick={() => { adding.abort() }}>{text.cancel}</Button></div>
        </div>
      )}
    </div>
  )
}
