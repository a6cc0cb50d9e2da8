import type { VideoFacts } from '../../../electron/core/facts.ts'
import { factsOf } from '../../../electron/core/export/test-library.ts'
import { makeNumberedVideo, secondsOfPicture } from '../../fixtures/numbered-video.ts'
import type { Combination } from '../../fixtures/numbered-video-combinations.ts'
import { readNumberedVideo } from '../../fixtures/numbered-video-reader.ts'
import type { Beep } from '../../fixtures/numbered-video-sound.ts'

/** Seconds from the first picture. */
export interface SourcePicture { number: number, atSeconds: number, isFlash: boolean }

/** A test video, read from its beginning to its end: what clips of it are compared with. */
export interface Source {
  combination: Combination
  file: string
  facts: VideoFacts
  pictures: SourcePicture[]
  beeps: Beep[]
  hasSound: boolean
  /** Where the last picture ends. */
  endSeconds: number
  /** Of one tick of the pictures' clock. */
  tickSeconds: number
  /** What the decoders complain about already in the source. */
  complaints: string[]
}

/** Makes the video of a combination in `folder` and reads it. Throws when not every picture can be read in order. */
export async function makeSource(combination: Combination, folder: string): Promise<Source> {
  const { name, spec } = combination
  const file = makeNumberedVideo(spec, folder, name.replaceAll(/[^\w.]+/g, '-').replaceAll('.', ''))
  const facts = await factsOf(file)
  const { chosenSound, picture: { timeBase } } = facts.media
  const { pictures, beeps, complaints } = await readNumberedVideo(file, chosenSound === null ? null : String(chosenSound))
  const [first] = pictures
  if (first === undefined || first.number === null) throw new Error(`${name}: its pictures can not be read`)
  const { number: firstNumber, ptsSeconds: zero } = first
  const last = firstNumber + pictures.length - 1
  return {
    combination, file, facts, complaints,
    pictures: pictures.map(({ number, ptsSeconds, isFlash }, at) => {
      if (number !== firstNumber + at) throw new Error(`${name}: picture ${at} has the number ${String(number)}`)
      return { number, atSeconds: ptsSeconds - zero, isFlash }
    }),
    beeps: beeps.map(({ atSeconds, flash }) => ({ atSeconds: atSeconds - zero, flash })),
    hasSound: chosenSound !== null,
    endSeconds: secondsOfPicture(spec.rate, last + 1) - secondsOfPicture(spec.rate, firstNumber),
    tickSeconds: timeBase.num / timeBase.den,
  }
}
