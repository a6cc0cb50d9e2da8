import { readFileSync } from 'node:fs'

// BERT's uncased tokenizer, written down once more from its description (google-research/bert, tokenization.py): BasicTokenizer, then WordPiece.
// Only for tests: what the product's tokenizer gives has to equal it.

const isControl = (character: string): boolean => /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(character) && !/[\t\n\r]/.test(character)
const isPunctuation = (character: string): boolean => /[!-/:-@[-`{-~\p{P}]/u.test(character)
const isChinese = (code: number): boolean => [
  [0x4e00, 0x9fff], [0x3400, 0x4dbf], [0x20000, 0x2a6df], [0x2a700, 0x2b73f], [0x2b740, 0x2b81f], [0x2b820, 0x2ceaf], [0xf900, 0xfaff], [0x2f800, 0x2fa1f],
].some(([first, last]) => code >= first! && code <= last!)

function words(text: string): string[] {
  const clean = Array.from(text).filter((character) => character !== '\0' && character !== '\ufffd' && !isControl(character))
  const spaced = clean.map((character) => isChinese(character.codePointAt(0)!) ? ` ${character} ` : character).join('')
  const plain = spaced.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '')
  return Array.from(plain).map((character) => isPunctuation(character) ? ` ${character} ` : character).join('').split(/\s+/u).filter((word) => word !== '')
}

/** Gives the ids of a text, with [CLS] and [SEP], by a vocabulary with one word a line. */
export function wordPiece(vocabularyFile: string): (text: string) => number[] {
  const ids = new Map(readFileSync(vocabularyFile, 'utf8').split('\n').map((line, id) => [line.replace('\r', ''), id]))
  const pieces = (word: string): number[] => {
    const characters = Array.from(word)
    if (characters.length > 100) return [ids.get('[UNK]')!]
    const found: number[] = []
    for (let start = 0; start < characters.length;) {
      let end = characters.length
      const piece = (): number | undefined => ids.get((start > 0 ? '##' : '') + characters.slice(start, end).join(''))
      while (end > start && piece() === undefined) end--
      if (end === start) return [ids.get('[UNK]')!]
      found.push(piece()!)
      start = end
    }
    return found
  }
  return (text) => [ids.get('[CLS]')!, ...words(text).flatMap(pieces), ids.get('[SEP]')!]
}
