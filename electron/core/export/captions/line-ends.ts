// What may stand at the ends of a line. For Chinese and Japanese after JLREQ (W3C, "Requirements for Japanese Text Layout", 3.1.7 and 3.1.8); for the others what every
// language shares: no line begins with a mark that closes, none ends with one that opens.

const CLOSING = String.raw`,;:!?)\]}%‰°…‥、。，．・：；？！）］｝」』】〕〉》〗〙〛｠”»›ゝゞ々〻ー―–〜～％‐゠ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ،؛؟۔।॥।៕។`
const OPENING = String.raw`(\[{¿¡（［｛「『【〔〈《〖〘〚｟“‘«‹$€£¥￥＄`

const beginsClosing = new RegExp(`^[${CLOSING}.]`, 'u')
const endsOpening = new RegExp(`[${OPENING}]$`, 'u')

/** True for a piece of text without spaces that must not begin a line. */
export function mayNotBegin(text: string): boolean {
  return beginsClosing.test(text)
}

/** True for a piece of text that must not end a line. */
export function mayNotEnd(text: string): boolean {
  return endsOpening.test(text)
}

// Between spaces "…and", ".5", "-" and German "»Wort«" begin what they belong to; ",", "?!" and a lone "»" end what was before.
const endsWhatWasBefore = /^(?:[,;:!?)\]}”、。，．：；？！）」』،؛؟۔।][\s\S]*|[.…»›%]+)$/u
const beginsWhatFollows = /^(?:[(\[{¿¡“‘«‹„‚「『（]+)$/u

/** True for what stands between two spaces and still belongs to the word before: the "!" of "Quoi !". */
export function belongsBefore(chunk: string): boolean {
  return endsWhatWasBefore.test(chunk)
}

/** True for what stands between two spaces and still belongs to the word behind: the "«" of "« Quoi". */
export function belongsBehind(chunk: string): boolean {
  return beginsWhatFollows.test(chunk)
}

const sentenceEnd = /(?:[.!?…۔؟।]["'”’»)\]]*|[。！？｡]["'”’」』）]*)$/u
// "Mr.", "U.S.", "e.g.", "J.": a full stop that ends nothing.
const abbreviation = /^["'“‘(]*(?:\p{Lu}|(?:\p{L}\.)+\p{L}|mr|mrs|ms|dr|st|vs|prof|no|etc|bzw)\.$/iu
const clauseEnd = /(?:[,;:–—،؛]["'”’»)\]]*|[、，；：」』）])$/u

/** What ends with this word. */
export function endingOf(word: string): 'sentence' | 'clause' | 'nothing' {
  if (sentenceEnd.test(word) && !abbreviation.test(word)) return 'sentence'
  return clauseEnd.test(word) ? 'clause' : 'nothing'
}
