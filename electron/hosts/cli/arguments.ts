import { InvalidArgumentError } from 'commander'
import type { VideoRef } from '../../contract/calls.ts'
import { SceneId, VideoId } from '../../contract/ids.ts'

/** For commander: a whole number from 1 to `most`. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < 1 || value > most) throw new InvalidArgumentError(`"${text}" is not a whole number from 1 to ${String(most)}.`)
    return value
  }
}

/** For commander: a port to listen on; 0 for any that is free. */
export function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError(`"${text}" is not a port from 0 to 65535.`)
  return port
}

/** A video as a person names it: its number in the library, its path, or a part of its title. */
export function videoRef(text: string): VideoRef {
  const id = /^\d+$/.test(text) ? VideoId.safeParse(Number(text)) : null
  return id?.success === true ? id.data : text
}

/** For commander: one or more scene ids. */
export function sceneIds(text: string, before: SceneId[] | undefined): SceneId[] {
  const id = SceneId.safeParse(/^\d+$/.test(text) ? Number(text) : null)
  if (!id.success) throw new InvalidArgumentError(`"${text}" is not the number of a scene. "scenedex scenes VIDEO" lists them.`)
  return [...before ?? [], id.data]
}

/** Seconds from `12.5`, `2:03.4` or `1:02:03.4`. */
export function seconds(text: string): number {
  const match = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(text)
  if (match === null) throw new InvalidArgumentError(`"${text}" is not a time. Write 12.5, 2:03.4 or 1:02:03.4.`)
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3])
}
