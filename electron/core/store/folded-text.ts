/**
 * What counts as the same letter. The text of the word index and what is asked of it are both folded by this and by nothing else, so that
 * they can not differ: SQLite's own folding knows accents of Latin letters only.
 */

// Accents; the breve of й makes another letter of it, as people who write it see it.
const ACCENTS = '(?<!\\u0438)\\u0306|[\\u0300-\\u0305\\u0307-\\u036f]'
// Vowel signs and cantillation of Hebrew; vowel signs of Arabic, the hamza on an alef and the stroke that only makes a word longer, as in
// Apache Lucene's ArabicNormalizer and ArabicStemFilter documentation.
const VOWEL_SIGNS = '[\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed]'
// Soft hyphens, joiners, marks of direction, and what chooses between two looks of a character.
const UNSEEN = '[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufe00-\\ufe0f\\ufeff]'
const left = new RegExp(`${ACCENTS}|${VOWEL_SIGNS}|${UNSEEN}`, 'gu')

/** Letters that are written in two ways and have no accent to take away. */
const SAME = new Map(Object.entries({
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ς: 'σ',
  // Apostrophes that Unicode takes for letters.
  ʼ: '\'', ʻ: '\'',
  // The same letters on Persian and Arabic keyboards, and at the end of a word: Apache Lucene's ArabicNormalizer and PersianNormalizer.
  ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه',
}))
const same = new RegExp(`[${[...SAME.keys()].join('')}]`, 'gu')

/** Lower case, without accents, wide letters as usual ones: what is equal here is equal to the index. */
export function folded(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(left, '').normalize('NFC')
  return bare.replace(same, (letter) => SAME.get(letter) ?? letter)
}

/** A folded text, and for each of its code units where in the unfolded text the letter begins and ends that it comes from. */
export interface FoldedText { text: string, from: number[], to: number[] }

// What is one letter whatever stands beside it: Korean that is written in parts, or a character with the marks that follow it. The sound
// marks of half-width kana are no marks to Unicode.
const letter = /(?:[\u1100-\u115f]+[\u1160-\u11a7]*[\u11a8-\u11ff]*|.)[\p{M}\u00ad\u200b-\u200f\u2060\uff9e\uff9f]*/gsu

/** The folded text with the places in the text that it was made of. */
export function foldedWithPlaces(text: string): FoldedText {
  const all: FoldedText = { text: '', from: [], to: [] }
  for (const { 0: piece, index } of text.matchAll(letter)) {
    const part = piece <= '\u007f' && piece.length === 1 ? piece.toLowerCase() : folded(piece)
    all.text += part
    for (let unit = 0; unit < part.length; unit++) {
      all.from.push(index)
      all.to.push(index + piece.length)
    }
  }
  return all
}
