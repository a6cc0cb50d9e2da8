import { parentPort, workerData } from 'node:worker_threads'
import type { InferenceAnswer } from '../../native/onnx/inference-wire.ts'
import { InferenceRequest, InferenceStart } from '../../native/onnx/inference-wire.ts'
import type { OpenPictureModel } from '../../native/onnx/picture-model.ts'
import { openPictureModel } from '../../native/onnx/picture-model.ts'

// Decoding pictures and filling tensors takes the thread for tens of milliseconds at a time: here it is nobody's but ours.
const port = parentPort
if (port === null) throw new Error('inference.ts is a worker and is not run by itself')
const start = InferenceStart.parse(workerData)
let opening: Promise<OpenPictureModel> | null = null

async function answer(request: InferenceRequest): Promise<InferenceAnswer> {
  let opened: OpenPictureModel
  try {
    opened = await (opening ??= openPictureModel(start.folder, start.threads))
  } catch (error) {
    opening = null // it may have been mended by the next question
    return { kind: 'unusable', id: request.id, message: error instanceof Error ? error.message : String(error) }
  }
  try {
    const vectors = request.kind === 'text' ? [await opened.encodeText(request.text)] : await opened.encodePictures(request.files)
    return { kind: 'vectors', id: request.id, vectors }
  } catch (error) {
    return { kind: 'failure', id: request.id, message: error instanceof Error ? error.message : String(error) }
  }
}

port.on('message', (message: unknown) => {
  void answer(InferenceRequest.parse(message)).then((reply) => { port.postMessage(reply) })
})
