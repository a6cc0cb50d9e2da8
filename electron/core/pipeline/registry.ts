import type { RegisteredStage } from './registered-stage.ts'
import { checkStages } from './registered-stage.ts'
import { pictureVectors } from './stages/picture-vectors.ts'
import { probe } from './stages/probe.ts'
import { scanStage } from './stages/scan.ts'
import { speech } from './stages/speech.ts'
import { tags } from './stages/tags.ts'
import { textVectors } from './stages/text-vectors.ts'
import { transcription } from './stages/transcription.ts'

export type { RegisteredStage }

/**
 * All stages, in the order in which every video gets them. The costs are a first guess for 720p on a small machine; from
 * the first video on, this machine's own measure counts.
 */
export const stages: readonly RegisteredStage[] = checkStages([
  { stage: probe, stores: 'facts', model: null, hasFirstLook: false, cost: { per: 'video', workSeconds: 0.3 } },
  { stage: scanStage, stores: 'scenes', model: null, hasFirstLook: true, cost: { per: 'second', workSeconds: 0.1 } },
  { stage: speech, stores: 'speech', model: null, hasFirstLook: false, cost: { per: 'video', workSeconds: 0.3 } },
  { stage: pictureVectors, stores: 'picture-vectors', model: 'pictures', hasFirstLook: false, cost: { per: 'second', workSeconds: 0.02 } },
  { stage: tags, stores: 'tags', model: 'pictures', hasFirstLook: false, cost: { per: 'video', workSeconds: 0.5 } },
  { stage: transcription, stores: 'transcript', model: 'speech', hasFirstLook: false, cost: { per: 'second', workSeconds: 0.3 } },
  { stage: textVectors, stores: 'text-vectors', model: 'text', hasFirstLook: false, cost: { per: 'video', workSeconds: 0.5 } },
])
