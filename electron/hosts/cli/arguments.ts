import { InvalidArgumentError } from 'commander'
import type { VideoRef } from '../../contract/calls.ts'
import { SceneId, VideoId } from '../../contract/ids.ts'
import { AppError } from '../../core/errors.ts'

/** For commander: a whole number from `least` to `most`. */
export function wholeNumber(most: number, least = 1): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`"${text}" is not a whole number from ${String(least)} to ${String(most)}.`)
    return value
  }
}

/** For commander: a number from `least` to `most`. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^-?\d+(\.\d+)?$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`"${text}" is not a number from ${String(least)} to ${String(most)}.`)
    return value
  }
}

/** For commander: a point of a picture as shares of its width and height, from its upper left corner: 0.5,0.3. */
export function point(text: string): { x: number, y: number } {
  const [, x, y] = /^(0|1|0?\.\d+|1\.0+),(0|1|0?\.\d+|1\.0+)$/.exec(text) ?? []
  if (x === undefined || y === undefined) throw new InvalidArgumentError(`"${text}" is not a point of a picture. Write 0.5,0.5 for its middle.`)
  return { x: Number(x), y: Number(y) }
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

/** Seconds from `12.5`, `2:03.4` or `1:02:03.4`. Throws USAGE where it is no time: the times of a clip are read after the options, when commander reports nothing any more. */
export function seconds(text: string): number {
  const match = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/.exec(text)
  if (match === null) throw new AppError('USAGE', { message: `"${text}" is not a time.`, hint: 'Write 12.5, 2:03.4 or 1:02:03.4.' })
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3])
}
