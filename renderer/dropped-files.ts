import type { GivenFile } from './upload.ts'

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => { entry.file(resolve, () => { resolve(null) }) })
}

function someEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve) => { reader.readEntries(resolve, () => { resolve([]) }) })
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

async function* filesBelow(entry: FileSystemEntry, folder: string): AsyncGenerator<GivenFile> {
  if (isFile(entry)) {
    const file = await fileOf(entry)
    if (file !== null) yield { file, folder }
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  const inside = folder === '' ? entry.name : `${folder}/${entry.name}`
  // A browser gives some hundred at a time, and none at the end.
  for (let some = await someEntries(reader); some.length > 0; some = await someEntries(reader)) {
    for (const each of some) if (!each.name.startsWith('.')) yield* filesBelow(each, inside)
  }
}

/**
 * The files of a drop, those in dropped folders with where they lay in them. What is hidden or can not be read is left out.
 * To be called while the drop is told of: afterwards the browser has forgotten it.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  // What another page or a program made up and let fall is a file without a place in any folder.
  const dropped = [...transfer.items].filter((item) => item.kind === 'file').map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const found: GivenFile[] = []
  for (const { entry, file } of dropped) {
    const before = found.length
    if (entry !== null) for await (const given of filesBelow(entry, '')) found.push(given)
    if (found.length === before && entry?.isDirectory !== true && file !== null) found.push({ file, folder: '' })
  }
  return found
}
