/** Has the browser, or the window around the page, save a text as a file of the person's. */
export function saveFile({ name, text }: { name: string, text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The saving begins with the click; the address may go once that has been read.
  setTimeout(() => { URL.revokeObjectURL(url) }, 60_000)
}
