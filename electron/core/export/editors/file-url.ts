import { pathToFileURL } from 'node:url'

/** A file: URL of a path of this system (or of Windows, where that is said), with everything escaped that is not plain ASCII or that XML minds. */
export function fileUrl(path: string, isWindows = process.platform === 'win32'): string {
  // What URLs allow and some editors stumble over.
  return pathToFileURL(path, { windows: isWindows }).href.replace(/['()[\]!*&;,=+@$|^`{}]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
