/** The address of a mirror as a person writes it: null for none, undefined for what is no http address. */
export function mirrorAddress(written: string): string | null | undefined {
  const text = written.trim()
  if (text === '') return null
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '' || !/^https?:\/\//i.test(text)) return undefined
  return text.replace(/\/+$/, '')
}
