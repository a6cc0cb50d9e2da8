import { engine } from '../../api.ts'
import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { toast } from '../../ui/toasts.tsx'
import { choosePaths } from './choose-paths.ts'
import { importPaths } from './import-run.ts'

const text = messages.library

/** Asks for videos and takes them in. */
export async function importChosenFiles(): Promise<void> {
  await importPaths(await choosePaths({ what: 'videos', title: text.importing.chooseFiles }) ?? [])
}

/** Asks for a folder and takes in what videos are in it. */
export async function importChosenFolder(): Promise<void> {
  await importPaths(await choosePaths({ what: 'folder', title: text.importing.chooseFolder }) ?? [])
}

/** Asks where missing videos may be now and looks for them there. */
export async function relinkMissing(): Promise<void> {
  const [folder] = await choosePaths({ what: 'folder', title: text.relinking.title }) ?? []
  if (folder === undefined) return
  try {
    const { relinked, stillMissing } = await engine.call('library.relink', { path: folder })
    const left = stillMissing.length === 0 ? {} : { hint: `${text.relinking.stillMissing(stillMissing.length)} ${text.relinking.hint}` }
    toast({ text: relinked.length === 0 ? text.relinking.noneFound : text.relinking.found(relinked.length), tone: relinked.length === 0 ? 'usual' : 'good', ...left })
  } catch (error) {
    reportError(error)
  }
}
