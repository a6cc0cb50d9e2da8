import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { sharedMedia } from '../shared-media.ts'
import type { TimedWord } from './word-times.ts'

/** A recording and what is said in it. */
export interface KnownText { name: string, file: string, text: string }

/** A recording and when a real Whisper model heard which word. */
export interface KnownTimes { name: string, file: string, words: TimedWord[] }

// Inaugural address of 20 January 1961, public domain: https://www.archives.gov/milestone-documents/president-john-f-kennedys-inaugural-address
const JFK = 'And so my fellow Americans ask not what your country can do for you ask what you can do for your country'
const LIBRIVOX = ['0870', '0880', '0890'].map((part) => `sense_and_sensibility_01_austen_64kb-${part}`)
// Those whose recording is here, by Whisper medium.
const TIMED = ['bonjour.wav', 'gloria.mp3', 'punctuations.mp3', 'radio_short.mp3', 'smartphone.mp3']

const Output = z.object({ segments: z.array(z.object({ words: z.array(z.object({ text: z.string(), start: z.number() })) })) })

/** Recordings with transcripts that people made: LibriSpeech, LibriVox and one well-known sentence. Those that are here. */
export function knownTexts(): KnownText[] {
  const transcript = sharedMedia('speech', 'librispeech', '1089-134686.trans.txt')
  const lines = existsSync(transcript) ? readFileSync(transcript, 'utf8').trim().split('\n') : []
  const libriSpeech = lines.map((line): KnownText => {
    const [name = '', ...words] = line.split(' ')
    return { name, file: sharedMedia('speech', 'librispeech', `${name}.flac`), text: words.join(' ') }
  })
  const libriVox = LIBRIVOX.filter((name) => existsSync(sharedMedia('speech', 'librivox', `${name}.txt`))).map((name): KnownText => {
    return { name, file: sharedMedia('speech', 'librivox', `${name}.wav`), text: readFileSync(sharedMedia('speech', 'librivox', `${name}.txt`), 'utf8') }
  })
  return [...libriSpeech, ...libriVox, { name: 'jfk', file: sharedMedia('speech', 'jfk.wav'), text: JFK }].filter(({ file }) => existsSync(file))
}

/** Recordings of which the real output of Whisper medium is here. */
export function knownTimes(): KnownTimes[] {
  return TIMED.flatMap((name) => {
    const [file, output] = [sharedMedia('speech', 'whisper-output', name), sharedMedia('speech', 'whisper-output', 'expected', 'medium_auto', `${name}.words.json`)]
    if (!existsSync(file) || !existsSync(output)) return []
    const { segments } = Output.parse(JSON.parse(readFileSync(output, 'utf8')))
    return [{ name, file, words: segments.flatMap(({ words }) => words) }]
  })
}
