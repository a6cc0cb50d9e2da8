import type { KnownExample } from '../../contract/search-example.ts'
import type { Example } from '../../contract/search.ts'
import { AppError, isRefusal } from '../errors.ts'
import { fileNow } from '../import/file-now.ts'
import type { Ffmpeg, Models, Pictures, ReadDatabase } from '../ports.ts'
import { otherFile } from '../refusals.ts'
import type { Answering } from '../search/answering.ts'
import { orNote, whoAnswers } from '../search/answering.ts'
import { durationOf, video } from '../store/videos.ts'
import { checkPictureKind } from './picture-kind.ts'

/** What is needed to see what an example shows. */
export interface ExampleTools {
  db: ReadDatabase
  models: Pick<Models, 'pictures' | 'text' | 'embedderOf'>
  ffmpeg: Pick<Ffmpeg, 'still'>
  pictures: Pick<Pictures, 'upright'>
}

type Moment = Extract<Example, { kind: 'moment' }>
type Answerers = Answering['models']

/** As large as key frames are kept, with which it is compared. */
const LONG_EDGE = 512
/** What the messages of a web page can carry, with room to spare. */
const MOST_BYTES = 30_000_000

const INSTALL = 'Install one: Settings > Models, or "scenedex models list".'

/** What each of the models sees in a picture; of one that can not be used nothing, and a note. */
async function lookAt(picture: Uint8Array, answerers: Answerers, { notes, signal }: { notes: string[], signal: AbortSignal }): Promise<KnownExample['seenBy']> {
  const seen: KnownExample['seenBy'] = []
  for (const { encoder, videos } of answerers) {
    signal.throwIfAborted()
    const [vector] = await orNote(encoder.embed({ of: 'pictures', files: [picture] }, signal), notes, [])
    if (vector !== undefined) seen.push({ model: encoder.id, videos, vector })
  }
  return seen
}

const bySceneItself = (answerers: Answerers): KnownExample['seenBy'] => answerers.map(({ encoder, videos }) => ({ model: encoder.id, videos, vector: null }))

// A player that stands at the end says a little more than what the file says.
const AFTER_END_SECONDS = 1

// What is missing or broken outside of the library is no reason to find nothing: of the scene there, all is stored.
const NO_STILL = ['OFFLINE', 'CHANGED', 'DECODE_FAILED', 'TIMED_OUT', 'TOOL_MISSING']

async function stillOf(moment: Moment, { db, ffmpeg }: ExampleTools, { notes, signal }: { notes: string[], signal: AbortSignal }): Promise<Uint8Array | null> {
  const record = video(db, moment.video)
  if (record === undefined) throw new AppError('NOTHING_TO_DO', { message: `There is no video ${moment.video} in the library.`, hint: 'It may have been removed.' })
  if (record.media === null) throw new AppError('NOTHING_TO_DO', { message: `Nothing is known of "${record.title}" yet.`, hint: 'Wait until it was looked at.' })
  const end = durationOf(record) ?? Infinity
  if (moment.atSeconds > end + AFTER_END_SECONDS) notes.push(`"${record.title}" ends before that: its end was taken.`)
  const atSeconds = Math.min(moment.atSeconds, end)
  try {
    // Of another file that lies there now the picture would be of something else.
    if ((await fileNow(record)).kind === 'changed') throw otherFile(record.path)
    return (await ffmpeg.still({ video: { id: record.id, path: record.path, media: record.media }, atSeconds, longEdge: LONG_EDGE }, signal)).jpeg
  } catch (error) {
    if (!(error instanceof AppError) || !(NO_STILL.includes(error.code) || isRefusal(error))) throw error
    notes.push(error.message, 'Compared with the key frames of the scene there.')
    return null
  }
}

async function ofMoment(moment: Moment, tools: ExampleTools, signal: AbortSignal): Promise<KnownExample> {
  const notes: string[] = []
  const { models: answerers } = await orNote(whoAnswers(tools.db, 'picture', tools.models), notes, { models: [], unanswered: 0 })
  // Without a model there is nobody to look at it, and without anybody no need of it. That there is such a video is asked all the same.
  const still = answerers.length === 0 && video(tools.db, moment.video) !== undefined ? null : await stillOf(moment, tools, { notes, signal })
  const seen = still === null ? [] : await lookAt(still, answerers, { notes, signal })
  return { from: { kind: 'moment', video: moment.video, atSeconds: moment.atSeconds }, seenBy: seen.length === 0 ? bySceneItself(answerers) : seen, notes }
}

function bytesOf(data: string): Uint8Array {
  const bytes = data.length * 3 / 4
  if (bytes > MOST_BYTES) {
    throw new AppError('PICTURE_TOO_LARGE', { message: `The picture is too large: ${Math.round(bytes / 1e6)} MB.`, hint: `At most ${MOST_BYTES / 1e6} MB can be looked at. Save it smaller.` })
  }
  return Buffer.from(data, 'base64')
}

async function ofPicture(data: string, { db, models, pictures }: ExampleTools, signal: AbortSignal): Promise<KnownExample> {
  const bytes = bytesOf(data)
  checkPictureKind(bytes)
  const { models: answerers } = await whoAnswers(db, 'picture', models)
  if (answerers.length === 0) {
    const isInstalled = await models.pictures() !== null
    throw new AppError('MODEL_MISSING', isInstalled
      ? { message: 'The picture model has looked at no video yet.', hint: 'Wait until it has looked at one: the Activity view shows how far it is.' }
      : { message: 'Searching with a picture needs a picture model.', hint: INSTALL })
  }
  const upright = await pictures.upright(bytes, LONG_EDGE)
  const notes: string[] = []
  const seenBy = await lookAt(upright, answerers, { notes, signal })
  if (seenBy.length === 0) throw new AppError('MODEL_MISSING', { message: notes[0] ?? 'Searching with a picture needs a picture model.', hint: INSTALL })
  return { from: { kind: 'picture' }, seenBy, notes }
}

/**
 * What an example shows, as the models that answer for pictures see it. Throws NOTHING_TO_DO for a video that is not there; for a picture the reasons
 * to refuse it, and MODEL_MISSING where nobody can look at it.
 */
export async function knownExample(example: Example, tools: ExampleTools, signal: AbortSignal): Promise<KnownExample> {
  signal.throwIfAborted()
  switch (example.kind) {
    case 'scene': {
      // What can not be used is of no matter: what is compared was seen before.
      const { models } = await orNote(whoAnswers(tools.db, 'picture', tools.models), [], { models: [], unanswered: 0 })
      return { from: { kind: 'scene', scene: example.scene }, seenBy: bySceneItself(models), notes: [] }
    }
    case 'moment': return ofMoment(example, tools, signal)
    case 'picture': return ofPicture(example.data, tools, signal)
  }
}
