import { existsSync } from 'node:fs'
import path from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { z } from 'zod'
import { AppError } from '../../electron/core/errors.ts'
import { PreprocessorConfig, TokenizerConfig, readModelJson } from './clip-config.ts'
import { inputSize, pictureInput } from './picture-input.ts'

/** A model that puts pictures and texts into one space, opened. */
export interface OpenPictureModel {
  /** One vector of length 1 for each picture file. */
  encodePictures(files: string[]): Promise<Float32Array[]>
  /** The vector of length 1 of a text. */
  encodeText(text: string): Promise<Float32Array>
  close(): Promise<void>
}

const files = { vision: path.join('onnx', 'vision_model.onnx'), text: path.join('onnx', 'text_model.onnx') }

/** True when the folder holds a picture model in Hugging Face's layout for ONNX. */
export function isPictureModel(folder: string): boolean {
  return ['preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json', files.vision, files.text].every((file) => existsSync(path.join(folder, file)))
}

function normalised(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  const length = Math.sqrt(sum)
  return length === 0 ? vector : vector.map((value) => value / length)
}

// CLIP exports name the projected vector, SigLIP exports pool without a projection.
function embedding(output: InferenceSession.OnnxValueMapType): Float32Array {
  const tensor = output['image_embeds'] ?? output['text_embeds'] ?? output['pooler_output']
  if (tensor?.data instanceof Float32Array) return tensor.data
  throw new AppError('MODEL_MISSING', { message: 'The picture model gives no vector.', hint: 'It is not a CLIP or SigLIP model in ONNX form.' })
}

function encodeTokens(tokenizer: Tokenizer, config: TokenizerConfig, text: string): number[] {
  const { ids } = tokenizer.encode(text)
  const last = ids.at(-1) ?? 0 // the end mark stays when a long text is cut
  const kept = ids.length > config.model_max_length ? [...ids.slice(0, config.model_max_length - 1), last] : ids
  const pad = tokenizer.token_to_id(config.pad_token) ?? last
  return [...kept, ...Array.from({ length: config.model_max_length - kept.length }, () => pad)]
}

/** Opens a picture model. Verified with the stand-in for CLIP ViT-B/32 of the shared test models (2026-11-21). */
export async function openPictureModel(folder: string, threads: number): Promise<OpenPictureModel> {
  const preprocessor = await readModelJson(folder, 'preprocessor_config.json', PreprocessorConfig)
  const tokenizerConfig = await readModelJson(folder, 'tokenizer_config.json', TokenizerConfig)
  const tokenizer = new Tokenizer(await readModelJson(folder, 'tokenizer.json', z.looseObject({})), tokenizerConfig)
  const open = (file: string): Promise<InferenceSession> => InferenceSession.create(path.join(folder, file), { intraOpNumThreads: threads, logSeverityLevel: 3 })
  const vision = await open(files.vision)
  const text = await open(files.text)
  const { width, height } = inputSize(preprocessor)

  return {
    encodePictures: async (pictures) => {
      const vectors: Float32Array[] = []
      // One by one: a batch gains nothing on a CPU (measured, see ARCHITECTURE.md) and would delay a cancel.
      for (const file of pictures) {
        const values = await pictureInput(file, preprocessor)
        vectors.push(normalised(embedding(await vision.run({ pixel_values: new Tensor('float32', values, [1, 3, height, width]) }))))
      }
      return vectors
    },
    encodeText: async (query) => {
      const ids = encodeTokens(tokenizer, tokenizerConfig, query)
      const input = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length])
      return normalised(embedding(await text.run({ [text.inputNames[0] ?? 'input_ids']: input })))
    },
    close: async () => {
      await vision.release()
      await text.release()
    },
  }
}
