import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { HeardPiece } from '../../ports.ts'

// What real Whisper models said, written by whisper-timestamped: a whole file in windows of up to 30 s, each of which is a piece to us.
const Word = z.object({ text: z.string(), start: z.number(), end: z.number(), confidence: z.number() })
const Segment = z.object({ text: z.string(), start: z.number(), end: z.number(), seek: z.number(), compression_ratio: z.number(), words: z.array(Word) })
const Output = z.object({ language: z.string(), segments: z.array(Segment) })

const shared = process.env['SCENEDEX_SHARED'] ?? path.join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared')
const folder = path.join(shared, 'media', 'speech', 'whisper-output', 'expected')
const WINDOW_SECONDS = 30
/** Of the recordings that are there (ffprobe). */
const SECONDS: Record<string, number> = { 'apollo11.mp3': 89.208, 'bonjour.wav': 1.201, 'gloria.mp3': 20.592, 'punctuations.mp3': 2.743, 'radio_short.mp3': 120.492, 'smartphone.mp3': 177.775 }

export interface RealPiece { piece: HeardPiece, pieceSeconds: number, /** As the model's own code measured it. */ compressionRatio: number }

/** Names such as `medium_auto/gloria.mp3`; empty where the shared media are not. */
export function realOutputs(): string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.words.json'))
  return names.map((name) => name.replaceAll('\\', '/').replace(/\.words\.json$/, '')).sort()
}

export function realPieces(name: string): RealPiece[] {
  const { language, segments } = Output.parse(JSON.parse(readFileSync(path.join(folder, `${name}.words.json`), 'utf8')))
  const seconds = Object.entries(SECONDS).find(([file]) => name.endsWith(file))?.[1] ?? Number.MAX_SAFE_INTEGER
  const windows = Map.groupBy(segments, ({ seek }) => seek / 100)
  return [...windows].map(([from, heard], index) => ({
    pieceSeconds: Math.min(WINDOW_SECONDS, seconds - from),
    compressionRatio: heard[0]?.compression_ratio ?? 0,
    piece: {
      index, language,
      segments: heard.map(({ text, start, end, words }) => ({
        text: text.trim(), start: start - from, end: end - from, words: words.map((word) => ({ ...word, start: word.start - from, end: word.end - from })),
      })),
    },
  }))
}
