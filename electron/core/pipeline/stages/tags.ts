import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import type { Row } from '../rows.ts'
import type { Chunk, Stage, StageInput, StageTools, StoredScene } from '../stage.ts'
import { lacksModel, StageSkipped } from '../stage.ts'
import { labelVectors } from '../tags/label-vectors.ts'
import type { Usual } from '../tags/unusual.ts'
import { scores, threshold, usualOf } from '../tags/unusual.ts'

const SCENES_A_CHUNK = 200

/** Of a scene that shows many things the most unusual ones are enough to find it by. */
const MOST_TAGS = 8

/** Pictures of the library that are looked at for what is usual. */
const SAMPLE = 400

const Position = z.object({ model: z.string(), toPts: z.number() })

function readPosition(resumeFrom: string | null, model: string): number {
  if (resumeFrom === null) return Number.MIN_SAFE_INTEGER
  const position = Position.parse(JSON.parse(resumeFrom))
  return position.model === model ? position.toPts : Number.MIN_SAFE_INTEGER
}

interface Known { labels: string[], vectors: Float32Array[], usual: Usual }

function tagsOf(scene: StoredScene, pictures: Float32Array[], { labels, vectors, usual }: Known): Row[] {
  if (pictures.length === 0) return []
  const least = threshold(labels.length, pictures.length)
  return [...scores({ pictures, labels: vectors, usual })]
    .map((score, index) => ({ kind: 'tag' as const, sceneId: scene.id, label: labels[index] ?? '', score }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_TAGS)
}

async function known(tools: StageTools, signal: AbortSignal): Promise<Known & { model: string }> {
  const model = await tools.models.pictures()
  if (model === null) throw lacksModel('no picture model: scenes get no tags')
  const labels = tools.labels()
  if (labels.length === 0) throw new StageSkipped('the list of labels is empty')
  const vectors = await labelVectors(model, labels, signal)
  return { model: model.id, labels, vectors, usual: usualOf(tools.storedPictureSample(model.id, SAMPLE), vectors) }
}

async function* run(input: StageInput, tools: StageTools, signal: AbortSignal): AsyncGenerator<Chunk> {
  signal.throwIfAborted()
  const { model, ...compared } = await known(tools, signal)
  const scenes = tools.storedScenes()
  const from = readPosition(input.resumeFrom, model)
  const due = scenes.filter(({ startPts }) => startPts >= from)
  for (let first = 0; first < due.length; first += SCENES_A_CHUNK) {
    const chunk = due.slice(first, first + SCENES_A_CHUNK)
    const rows: Row[] = []
    for (const scene of chunk) {
      await turn() // with many labels a scene takes a tenth of a second: others are heard between two of them, a cancel too
      signal.throwIfAborted()
      rows.push(...tagsOf(scene, tools.storedPictureVectors(scene.id, model), compared))
    }
    const start = first === 0 ? from : chunk[0]?.startPts ?? from
    const end = due[first + SCENES_A_CHUNK]?.startPts ?? Number.MAX_SAFE_INTEGER
    const progress = (scenes.length - due.length + first + chunk.length) / scenes.length
    yield { rows, replaces: { from: start, to: end }, position: JSON.stringify({ model, toPts: end }), progress }
  }
}

/**
 * What is to be seen, as labels of a list that the person can change: each label is compared with the pictures of a scene in the
 * space of the picture model, and kept where it is unusual (see `tags/unusual.ts`). Computes on vectors that are there already.
 */
export const tags: Stage = { name: 'tags', version: 1, needs: ['probe', 'scan', 'picture-vectors'], resource: 'inference', run }
