/**
 * True for a name with slashes that stays within the folder it is meant for, on every system: no `..`, no drive, no backslash, nothing that is
 * a device, a stream or hidden.
 */
export function isInnerPath(name: string): boolean {
  if (name === '' || name.length > 500) return false
  return name.split('/').every(isPlainPart)
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

function isPlainPart(part: string): boolean {
  return part !== '' && !part.startsWith('.') && !/[\\:*?"<>|\p{Cc}]|[. ]$/u.test(part) && !DEVICE.test(part)
}
