import { z } from 'zod'
import { ExportChoices } from './export-choices.ts'

/** The folder is null until one was chosen. A reel is of the clips that are in the tray now. */
const ExportSettings = z.object({ folder: z.string().nullable(), ...ExportChoices.omit({ reel: true }).shape })

/** What the person has chosen; kept in the library. */
export const Settings = z.object({
  theme: z.enum(['system', 'dark', 'light']),
  /** Processor cores that the work may take; null: as many as there are. */
  cores: z.number().int().min(1).nullable(),
  pauseOnBattery: z.boolean(),
  /** False: nothing is ever asked of the network, not even what the person starts. */
  networkAllowed: z.boolean(),
  notifyWhenDone: z.boolean(),
  export: ExportSettings,
  captions: z.object({ shown: z.boolean(), size: z.enum(['small', 'medium', 'large']) }),
  /** The model that works for a task; null: the best that is installed. */
  models: z.object({ pictures: z.string().nullable(), speech: z.string().nullable(), text: z.string().nullable() }),
  speech: z.object({
    /** Code of the language that is spoken; null: found out for each video. */
    language: z.string().nullable(),
    /** Names and jargon that the speech model should expect. */
    prompt: z.string().max(2000),
    translateToEnglish: z.boolean(),
  }),
  /** Asked in the place of the hub that models come from, where somebody keeps a copy; null for the hub itself. */
  modelMirror: z.url({ protocol: /^https?$/ }).nullable(),
})
export type Settings = z.infer<typeof Settings>

/** Before anything was chosen. */
export const usualSettings: Settings = {
  theme: 'system',
  cores: null,
  pauseOnBattery: true,
  networkAllowed: true,
  notifyWhenDone: true,
  export: ExportSettings.parse({ folder: null }),
  captions: { shown: true, size: 'medium' },
  models: { pictures: null, speech: null, text: null },
  speech: { language: null, prompt: '', translateToEnglish: false },
  modelMirror: null,
}

/** An outgoing request: every one that was ever made stands in the log. */
export const NetworkRequest = z.object({ atMs: z.number(), url: z.string(), purpose: z.string(), outcome: z.string(), bytes: z.number().nullable() })
export type NetworkRequest = z.infer<typeof NetworkRequest>

export const LibraryFacts = z.object({
  folder: z.string(),
  videos: z.number().int(),
  scenes: z.number().int(),
  seconds: z.number(),
  databaseBytes: z.number(),
  artifactBytes: z.number(),
  freeBytes: z.number(),
  cores: z.number().int(),
  version: z.string(),
})
export type LibraryFacts = z.infer<typeof LibraryFacts>
