/** How a family of models wants its texts, where its tokenizer's files do not say it. */
export interface Wording {
  /** The text as the model saw texts in its training. */
  worded(text: string): string
  /** Whether it is told which tokens only fill up. */
  usesMask: boolean
  /** Tokens of its longest text, where its configuration leaves out what is usual. */
  usualLength: number | null
}

const asIs = (text: string): string => text

// Python's string.punctuation.
const withoutPunctuation = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, '').replace(/\s+/g, ' ').trim()

/**
 * SigLIP and SigLIP 2 were trained with small letters only (huggingface/transformers#43101: the published tokenizer of SigLIP 2 does not make them),
 * SigLIP 1 without punctuation too (canonicalize_text in transformers' tokenization_siglip.py), both with 64 tokens, the filling included.
 * CLIP's tokenizer says all this itself. `modelType` is that of `config.json`; SigLIP 2 of a fixed size calls itself `siglip`.
 */
export function wordingOf(modelType: string, tokenizerClass: string): Wording {
  if (modelType.startsWith('siglip')) {
    const isFirst = tokenizerClass.startsWith('SiglipTokenizer')
    return { worded: (text) => isFirst ? withoutPunctuation(text.toLowerCase()) : text.toLowerCase(), usesMask: false, usualLength: 64 }
  }
  return { worded: asIs, usesMask: true, usualLength: modelType.startsWith('clip') ? 77 : null }
}
