import { readFile, stat } from 'node:fs/promises'
import { SceneId } from '../../contract/ids.ts'
import type { Example } from '../../contract/search.ts'
import { AppError } from '../../core/errors.ts'
import type { Client } from '../../rpc/client.ts'
import { seconds, videoRef } from './arguments.ts'

const FORMS = 'A picture file, scene:12, or VIDEO@1:23.5.'
const SCENE = /^scene:(\d+)$/i
const MOMENT = /^(.+)@((?:(?:\d+:)?\d+:)?\d+(?:\.\d+)?)$/s
/** What is larger is not read at all; pictures have a smaller limit of their own. */
const MOST_BYTES = 64_000_000

async function pictureIn(file: string): Promise<Example | null> {
  const found = await stat(file).catch(() => null)
  if (found === null) return null
  if (!found.isFile()) throw new AppError('NOT_A_FILE', { message: `${file} is no file.`, hint: FORMS })
  if (found.size > MOST_BYTES) throw new AppError('PICTURE_TOO_LARGE', { message: `${file} is too large to be a picture.`, hint: `For a moment of a video, say when: ${file}@1:23.5` })
  return { kind: 'picture', data: await readFile(file, 'base64') }
}

/** What --like names: a picture file, `scene:12`, or a video and a time as `VIDEO@1:23.5`. Throws USAGE for anything else, NOTHING_TO_DO for a video that is not there. */
export async function exampleNamed(text: string, client: Client): Promise<Example> {
  const scene = SceneId.safeParse(Number(SCENE.exec(text)?.[1]))
  if (scene.success) return { kind: 'scene', scene: scene.data }
  const picture = await pictureIn(text)
  if (picture !== null) return picture
  const [, video, at] = MOMENT.exec(text) ?? []
  if (video === undefined || at === undefined) throw new AppError('USAGE', { message: `"${text}" is no file, no scene and no moment.`, hint: FORMS })
  const { video: { id } } = await client.call('library.scenes', { video: videoRef(video) })
  return { kind: 'moment', video: id, atSeconds: seconds(at) }
}
