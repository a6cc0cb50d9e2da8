import type { RefusalCode } from '../contract/errors.ts'
import { AppError } from './errors.ts'

interface Texts { message: string, hint: string }

function accessHint(): string {
  switch (process.platform) {
    case 'darwin': return 'Allow it in System Settings, Privacy & Security, Files and Folders; or in the Finder: Get Info, Sharing & Permissions.'
    case 'win32': return 'Allow reading it: its Properties, Security.'
    default: return 'Allow reading it: chmod u+r for a file, chmod u+rx for a folder; ask its owner where it is not yours.'
  }
}

// `what` says more where there is more to say: a codec, a size, a kind of file.
const texts: Record<RefusalCode, (path: string, what: string) => Texts> = {
  EMPTY: (path) => ({ message: `${path} is empty: 0 bytes.`, hint: 'Copy it again from where it came from.' }),
  NOT_MEDIA: (path, what) => ({ message: `${path} is no video${what === '' ? ', whatever its name says' : `: it is ${what}`}.`, hint: 'Look at what is really in it, or copy it again from where it came from.' }),
  NO_INDEX: (path) => ({ message: `${path} has no index: the recording was never finished, or the file was cut off.`, hint: 'Copy it again if there is a longer one. The camera or program that recorded it may be able to repair it.' }),
  UNREADABLE: (path, what) => ({ message: `No picture can be read from ${path}${what === '' ? '' : `: ${what}`}.`, hint: 'It is damaged. Copy it again from where it came from.' }),
  PLAYLIST: (path) => ({ message: `${path} is a playlist and holds no video itself.`, hint: 'Import the video files that it names.' }),
  IMAGE: (path) => ({ message: `${path} is a picture and no video.`, hint: 'Only videos can be imported.' }),
  NO_DURATION: (path) => ({ message: `Nothing tells how long ${path} is.`, hint: 'Convert it to mp4 or mkv and import that.' }),
  NO_FRAMES: (path) => ({ message: `${path} is only the head of a video: there are no pictures in it.`, hint: 'Import the whole video. Pieces of a stream have to be joined first.' }),
  NO_VIDEO: (path) => ({ message: `${path} has no pictures, only sound or other data.`, hint: 'Only videos can be imported.' }),
  PICTURE_TOO_LARGE: (path, what) => ({ message: `The pictures of ${path} are too large${what === '' ? '' : `: ${what}`}.`, hint: 'At most 67 million pixels can be worked with (8192x8192). Convert it to a smaller size.' }),
  DRM: (path) => ({ message: `${path} is encrypted (DRM).`, hint: 'Only the program that it was made for can play it. Import a copy without protection if you have one.' }),
  UNSUPPORTED_CODEC: (path, what) => ({ message: `${path} is in ${what === '' ? 'an unknown format' : what}, which the ffmpeg here can not decode.`, hint: 'Convert it to H.264 or H.265, or install a newer ffmpeg.' }),
  NOT_A_FILE: (path, what) => ({ message: `${path} is ${what === '' ? 'no file' : `a ${what} and no file`}.`, hint: what === 'folder' ? 'Import the folder by itself to take what is in it.' : 'Only files can be imported.' }),
  BROKEN_LINK: (path) => ({ message: `${path} is a link that leads nowhere.`, hint: 'Import the file it should lead to, or mend the link.' }),
  NO_ACCESS: (path) => ({ message: `${path} may not be read.`, hint: accessHint() }),
  BAD_NAME: (path) => ({ message: `The name of ${path} is not written in UTF-8.`, hint: 'Rename it, and import it again. It was left as it is.' }),
  IN_USE: (path) => ({ message: `${path} is still being written.`, hint: 'Import it again when it is finished.' }),
  NOT_FOUND: (path) => ({ message: `${path} is not there.`, hint: 'Check the path.' }),
}

/** Why a file is not taken, in one sentence that names it, with what can be done. `what` says more: a codec, a size. */
export function refusal(code: RefusalCode, path: string, more: { what?: string, cause?: unknown } = {}): AppError {
  return new AppError(code, { ...texts[code](path, more.what ?? ''), cause: more.cause })
}

/** The file of a video is not where it was: nothing is wrong with the video, it waits. */
export function offline(path: string, cause?: unknown): AppError {
  return new AppError('OFFLINE', { message: `${path} is not there.`, hint: 'Plug its drive in, or tell where it is now: scenedex relink.', cause })
}

/** Where the file of a video was lies another one. */
export function otherFile(path: string): AppError {
  return new AppError('CHANGED', { message: `Another file is at ${path} now.`, hint: 'Import that one to take it, or tell where the right one is: scenedex relink.' })
}
