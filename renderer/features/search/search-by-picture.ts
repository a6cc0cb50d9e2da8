import { messages } from '../../messages.ts'
import { reportError } from '../../report-error.ts'
import { go } from '../../stores/navigation.ts'
import { focusSearchBox, showLike } from '../../stores/search.ts'
import { toast } from '../../ui/toasts.tsx'
import { examplePicture } from './picture-example.ts'
import { givenKind } from './given-kind.ts'

const text = messages.search.byPicture

/** Shows what looks like a picture file, or says that it is none. */
export async function searchByPicture(file: File): Promise<void> {
  const picture = await examplePicture(file)
  const name = file.name === '' ? messages.search.pastedName : file.name
  if (picture === null) {
    toast({ text: text.noPicture(name), hint: text.noPictureHint, tone: 'bad' })
    return
  }
  go({ view: 'search' })
  showLike({ kind: 'picture', name, ...picture })
  focusSearchBox()
}

/** Takes files that were given to the page where none of them can be a video: a picture is searched by. False where they are somebody else's. */
export function takePictures(files: readonly File[]): boolean {
  const kinds = files.map(givenKind)
  const [first] = files.filter((_, at) => kinds[at] === 'picture')
  if (files.length === 0 || kinds.includes('videos') || first === undefined) return false
  if (kinds.filter((kind) => kind === 'picture').length > 1) toast({ text: text.onlyFirst(first.name) })
  searchByPicture(first).catch(reportError)
  return true
}

/** Says that files are neither pictures nor videos; false where some may be. */
export function refuseOthers(files: readonly File[]): boolean {
  const [first] = files
  if (first === undefined || files.some((file) => givenKind(file) !== 'neither')) return false
  toast({ text: text.neither(first.name), hint: text.neitherHint, tone: 'bad' })
  return true
}
