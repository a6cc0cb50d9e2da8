import { Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import { z } from 'zod'
import type { InstalledModel } from '../../../electron/core/models/model-spec.ts'
import { plainCrop, plainResize } from '../../../native/onnx/test-plain-resize.ts'
import { bareSession, modelJson, numbers, plainTokenizer } from './model-files.ts'

const Config = z.object({
  size: z.union([z.object({ shortest_edge: z.number() }), z.object({ width: z.number(), height: z.number() })]),
  crop_size: z.union([z.number(), z.object({ width: z.number() }).transform(({ width }) => width)]).optional(),
  resample: z.union([z.literal(2), z.literal(3)]),
  rescale_factor: z.number(),
  image_mean: z.array(z.number()).length(3),
  image_std: z.array(z.number()).length(3),
})
type Config = z.infer<typeof Config>

const Family = z.looseObject({ model_type: z.string().default('') })

/** SigLIP saw small letters only in its training, and SigLIP 1 no punctuation; others have it in their tokenizers. */
function asTrained(model: InstalledModel): (text: string) => string {
  if (!modelJson(model, 'config.json', Family).model_type.startsWith('siglip')) return (text) => text
  const isFirst = modelJson(model, 'tokenizer_config.json', z.looseObject({ tokenizer_class: z.string().default('') })).tokenizer_class.startsWith('Siglip')
  return (text) => isFirst ? text.toLowerCase().replace(/[!-/:-@[-`{-~]/g, '').replace(/\s+/g, ' ').trim() : text.toLowerCase()
}

async function pixelValues(file: string, config: Config): Promise<Tensor> {
  const { data, info } = await sharp(file, { ignoreIcc: true }).toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const whole = { width: info.width, height: info.height, pixels: data }
  const kernel = config.resample === 2 ? 'bilinear' : 'bicubic'
  let small
  if ('shortest_edge' in config.size) {
    const edge = config.size.shortest_edge
    const scale = edge / Math.min(info.width, info.height)
    const size = { width: Math.floor(info.width * scale + 1e-9), height: Math.floor(info.height * scale + 1e-9) }
    small = plainCrop(plainResize(whole, size, kernel), config.crop_size ?? edge)
  } else {
    small = plainResize(whole, config.size, kernel)
  }
  const plane = small.width * small.height
  const values = Float32Array.from({ length: plane * 3 }, (_, at) => {
    const channel = Math.floor(at / plane)
    return (small.pixels[(at % plane) * 3 + channel]! * config.rescale_factor - config.image_mean[channel]!) / config.image_std[channel]!
  })
  return new Tensor('float32', values, [1, 3, small.height, small.width])
}

/** A picture model by nothing but its ONNX files and its configuration. Vectors as the model gives them. */
export interface DirectPictureModel {
  picture(file: string): Promise<Float32Array>
  text(text: string): Promise<Float32Array>
  close(): Promise<void>
}

export async function directPictureModel(model: InstalledModel): Promise<DirectPictureModel> {
  const config = modelJson(model, 'preprocessor_config.json', Config)
  const tokenizer = plainTokenizer(model)
  const trained = asTrained(model)
  const [vision, words] = [await bareSession(model, 'vision'), await bareSession(model, 'text')]
  return {
    picture: async (file) => numbers(await vision.run({ [vision.inputNames[0]!]: await pixelValues(file, config) }), ['image_embeds', 'pooler_output']).values,
    text: async (text) => {
      const ids = tokenizer.ids(trained(model.spec.prefixes.query + text))
      const padded = [...ids, ...Array.from({ length: tokenizer.longest - ids.length }, () => tokenizer.pad)]
      const int64 = (values: number[]): Tensor => new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
      const feeds = { input_ids: int64(padded), attention_mask: int64(padded.map((_, at) => at < ids.length ? 1 : 0)) }
      const wanted = Object.fromEntries(Object.entries(feeds).filter(([name]) => words.inputNames.includes(name)))
      return numbers(await words.run(wanted), ['text_embeds', 'pooler_output']).values
    },
    close: async () => { await vision.release(); await words.release() },
  }
}
