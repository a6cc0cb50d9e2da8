import { SceneId, VideoId } from '../../electron/contract/ids.ts'
import { usualSettings } from '../../electron/contract/settings.ts'
import type { Embedder } from '../../electron/core/ports.ts'
import type { StageTools } from '../../electron/core/pipeline/stage.ts'
import { tags as tagsStage } from '../../electron/core/pipeline/stages/tags.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { sequence } from '../bench/ui/big-library.ts'
import type { Block, Setting, Verdict } from './block.ts'
import type { CaptionedPicture } from './pictures-with-captions.ts'
import { coco, flickr8k } from './pictures-with-captions.ts'
import { isSaid, saidOf } from './tags-in-captions.ts'

const SHUFFLES = 20

/** What the stage of the pipeline asks for, with each picture as a scene of its own. */
function stageTools(vectors: readonly Float32Array[], { models, folder }: Setting): StageTools {
  const real = realTools(folder)
  return {
    ...real, models, threads: null, othersAtWork: () => false,
    storedScenes: () => vectors.map((_, at) => ({ id: SceneId.parse(at + 1), startPts: at, endPts: at + 1, keyframePath: null, frames: [] })),
    storedSegments: () => [],
    storedPictureVectors: (scene) => [vectors[scene - 1]!],
    storedPictureSample: (_, limit) => {
      const step = Math.max(1, vectors.length / limit)
      return Array.from({ length: Math.min(limit, vectors.length) }, (_unused, at) => vectors[Math.floor(at * step)]!)
    },
    storedSilences: () => [],
    settings: () => usualSettings,
    labels: () => [...real.usualLabels],
  }
}

/** The tags of each picture, by the stage itself. */
async function tagsOf(vectors: readonly Float32Array[], setting: Setting): Promise<string[][]> {
  const found = vectors.map((): string[] => [])
  const input = { id: VideoId.parse(1), path: '', media: null, resumeFrom: null, isFirstLook: false }
  for await (const { rows } of tagsStage.run(input, stageTools(vectors, setting), setting.signal)) {
    for (const row of rows) if (row.kind === 'tag') found[row.sceneId - 1]!.push(row.label)
  }
  return found
}

/** How many of the tags are said of their own picture. */
function hits(found: readonly string[][], said: readonly ReadonlySet<string>[]): number {
  return found.reduce((sum, tags, at) => sum + tags.filter((tag) => isSaid(tag, said[at]!)).length, 0)
}

/** The same list in another order. https://en.wikipedia.org/wiki/Fisher%E2%80%93Yates_shuffle */
function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const swapped = mixed[at]!
    mixed[at] = mixed[other]!
    mixed[other] = swapped
  }
  return mixed
}

async function measure(pictures: readonly CaptionedPicture[], model: Embedder, setting: Setting): Promise<string> {
  const vectors = await model.embed({ of: 'pictures', files: pictures.map(({ file }) => file) }, setting.signal)
  const found = await tagsOf(vectors, setting)
  const said = pictures.map(({ captions, objects }) => saidOf([...captions, ...objects]))
  const count = found.flat().length
  if (count === 0) return 'no tags'
  const random = sequence(5)
  const byChance = Array.from({ length: SHUFFLES }, () => hits(found, shuffled(said, random))).reduce((sum, value) => sum + value, 0) / SHUFFLES
  const share = (value: number): string => `${(100 * value / count).toFixed(1)} %`
  const withAny = found.filter((tags) => tags.length > 0).length
  return `${count} tags, ${(count / pictures.length).toFixed(2)} a picture, ${(100 * withAny / pictures.length).toFixed(0)} % of pictures with any; ${share(hits(found, said))} of the tags are said of their picture, ${share(byChance)} with shuffled captions`
}

/** Whether the labels that scenes get are what people say of the pictures. Captions name little of what is to be seen, so chance is what to compare with. */
export const tags: Block = {
  name: 'tags',
  title: 'Tags',
  run: async (setting): Promise<Verdict> => {
    const model = await setting.models.pictures()
    if (model === null) return { skipped: 'no picture model' }
    const sets = [['Flickr8k', flickr8k()], ['COCO', coco()]] as const
    if (sets.every(([, pictures]) => pictures.length === 0)) return { skipped: 'the shared pictures are not here' }
    for (const [name, pictures] of sets) setting.print(`  model ${model.id}, ${pictures.length} pictures of ${name}: ${await measure(pictures, model, setting)}`)
    return 'measured'
  },
}
