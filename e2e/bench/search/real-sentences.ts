import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { coco, flickr8k } from '../../eval/pictures-with-captions.ts'
import { sharedMedia } from '../../shared-media.ts'

function transcripts(...folder: string[]): string[] {
  const place = sharedMedia('speech', ...folder)
  if (!existsSync(place)) return []
  return readdirSync(place).filter((name) => name.endsWith('.txt')).flatMap((name) => readFileSync(path.join(place, name), 'utf8').split('\n'))
    // "1089-134686-0000 HE HOPED THERE WOULD BE": the number of the recording, and what is said in it.
    .map((line) => line.replace(/^[\d-]+ /, '').trim().toLowerCase()).filter((line) => line !== '')
}

/** What people really said and wrote: the transcripts and captions of the shared media. None where they are not there. */
export function realSentences(): string[] {
  return [...transcripts('librispeech'), ...transcripts('librivox'), ...[...flickr8k(), ...coco()].flatMap(({ captions }) => captions.map((caption) => caption.replace(/\s*\.$/, '').trim()))]
}

/** All words of the sentences, as often as they are there. */
export function wordsOf(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence) => sentence.toLowerCase().match(/[a-z']{2,}/g) ?? [])
}
