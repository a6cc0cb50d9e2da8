/** A reason without the file that it begins with: for where the file stands beside it. */
export function withoutName(message: string, path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? path
  const begin = path === '' ? undefined : [`"${path}"`, path, `"${name}"`, name].find((one) => message.startsWith(one))
  if (begin === undefined) return message
  const rest = message.slice(begin.length).replace(/^[:,\s]+/, '')
  return rest === '' ? message : rest.charAt(0).toUpperCase() + rest.slice(1)
}
