import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { sharedMedia } from '../shared-media.ts'

/** A picture and what five people wrote of it. `objects` where they are known. */
export interface CaptionedPicture { file: string, captions: string[], objects: string[] }

const Captions = z.record(z.string(), z.array(z.string()))
const Truth = z.record(z.string(), z.object({ captions: z.array(z.string()), objects: z.array(z.string()) }))

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** 406 pictures of Flickr8k with five captions each; none where the shared media are not there. */
export function flickr8k(): CaptionedPicture[] {
  const truth = sharedMedia('pictures', 'flickr8k', 'captions.json')
  if (!existsSync(truth)) return []
  return Object.entries(Captions.parse(read(truth))).map(([name, captions]) => ({ file: sharedMedia('pictures', 'flickr8k', name), captions, objects: [] }))
}

/** 40 pictures of COCO with captions and the names of the objects on them. */
export function coco(): CaptionedPicture[] {
  const truth = sharedMedia('pictures', 'coco', 'truth.json')
  if (!existsSync(truth)) return []
  return Object.entries(Truth.parse(read(truth))).map(([name, known]) => ({ file: sharedMedia('pictures', 'coco', name), ...known }))
}
