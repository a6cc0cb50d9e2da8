import { statSync } from 'node:fs'
import path from 'node:path'
import type { ExportChoices } from '../../../contract/export-choices.ts'
import { Reel, usualExportChoices } from '../../../contract/export-choices.ts'
import type { ClipSource, ExportReport } from '../../../contract/exports.ts'
import { VideoId } from '../../../contract/ids.ts'
import type { ClipLookup } from '../clip-lookup.ts'
import type { ExportTools } from '../export.ts'
import { exportClips } from '../export.ts'
import { factsOf, never, toolsWith } from '../test-library.ts'

async function library(of: readonly string[], spoken: ClipLookup['spoken']): Promise<ClipLookup> {
  const videos = await Promise.all(of.map(async (file, index) => {
    const { size, mtimeMs } = statSync(file)
    return { facts: { ...await factsOf(file), id: VideoId.parse(index + 1) }, title: path.parse(file).name, sizeBytes: size, modifiedMs: Math.round(mtimeMs), endPts: null }
  }))
  return { scene: () => null, video: (id) => videos.find(({ facts }) => facts.id === id) ?? null, spoken, shotStarts: () => [] }
}

export const span = (video: number, start: number, end: number): ClipSource => ({ kind: 'span', videoId: VideoId.parse(video), start, end })
export const titled = (title: string, clip: ClipSource): ClipSource => ({ ...clip, title })

export interface WantedReel {
  /** Videos, by number from 1. */
  of: readonly string[]
  out: string
  clips: ClipSource[]
  reel?: Partial<Reel>
  choices?: Partial<ExportChoices>
  changed?: Partial<ExportTools>
  spoken?: ClipLookup['spoken']
  signal?: AbortSignal
}

export async function runReel({ of, out, clips, reel = {}, choices = {}, changed = {}, spoken = () => [], signal = never }: WantedReel): Promise<ExportReport> {
  const encoding = { ...usualExportChoices.encoding, preset: 'ultrafast' } as const
  const input = { ...usualExportChoices, encoding, ...choices, clips, outFolder: out, reel: { ...Reel.parse({ name: 'Best of' }), ...reel } }
  return exportClips(input, toolsWith(await library(of, spoken), changed), signal)
}
