/** What is given to the page: a picture to search by, something else that is no video either, or what may be videos. */
export type GivenKind = 'picture' | 'neither' | 'videos'

// Pictures that browsers give no type for.
const pictureNames = /\.(?:heic|heif|tiff?|jxl|raw|dng|cr2|nef|arw|psd)$/i
const neither = /^(?:audio|text|font)\/|^application\/(?:pdf|json|zip|gzip|msword|rtf|vnd\.(?:ms-|openxml|oasis))/

/** What a file is by its type and name. A folder has no type and may hold videos. */
export function givenKind({ type, name }: { type: string, name: string }): GivenKind {
  if (type.startsWith('image/') || pictureNames.test(name)) return 'picture'
  return neither.test(type) ? 'neither' : 'videos'
}
