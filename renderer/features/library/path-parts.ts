export interface PathPart { name: string, path: string }

/** The folders on the way to a folder, from the top, for POSIX and Windows paths. */
export function pathParts(folder: string): PathPart[] {
  const separator = /^[A-Za-z]:|^\\\\/.test(folder) ? '\\' : '/'
  const names = folder.split(separator).filter((name) => name !== '')
  const top: PathPart[] = separator === '/' ? [{ name: '/', path: '/' }] : []
  const start = folder.startsWith('\\\\') ? '\\\\' : separator === '/' ? '/' : ''
  return [...top, ...names.map((name, at) => {
    const path = start + names.slice(0, at + 1).join(separator)
    return { name, path: separator === '\\' && at === 0 && start === '' ? `${path}\\` : path }
  })]
}

/** The last part of a path. */
export function nameOfPath(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path
}
