import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Embedder } from '../../electron/core/ports.ts'
import { locateTools } from '../../native/ffmpeg/locate.ts'
import { runToEnd } from '../../native/ffmpeg/process.ts'
import type { Setting } from './block.ts'
import { cosine } from './direct/cosine.ts'
import { largest } from './ranks.ts'

/** Vectors of one picture of each second of a video, in no other way than ffmpeg gives them. */
async function ofVideo(file: string, model: Embedder, { folder, signal }: Setting): Promise<Float32Array[]> {
  const own = path.join(folder, 'every-second', path.basename(file))
  await mkdir(own, { recursive: true })
  const { code, stderr } = await runToEnd({ program: locateTools().ffmpeg, args: ['-v', 'error', '-i', file, '-vf', 'fps=1,scale=640:-2', '-q:v', '3', path.join(own, '%05d.jpg')], signal })
  if (code !== 0) throw new Error(stderr.join('\n'))
  return model.embed({ of: 'pictures', files: (await readdir(own)).sort().map((name) => path.join(own, name)) }, signal)
}

/** A search in videos without anything of the product but the model: one picture a second, the best one of a video counts. */
export async function everySecond(videos: readonly string[], model: Embedder, setting: Setting): Promise<{ pictures: number, found(query: string): Promise<string[]> }> {
  const vectors: Float32Array[][] = []
  for (const video of videos) vectors.push(await ofVideo(video, model, setting))
  return {
    pictures: vectors.flat().length,
    found: async (query) => {
      const [asked] = await model.embed({ of: 'queries', texts: [query] }, setting.signal)
      const best = vectors.map((own) => Math.max(...own.map((vector) => cosine(vector, asked!))))
      return largest(best, videos.length).map((place) => videos[place]!)
    },
  }
}
