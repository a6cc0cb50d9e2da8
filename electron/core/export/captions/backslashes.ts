/** Parts two letters without being seen: what is told as one command no longer is. */
export const WORD_JOINER = '\u2060'

/** "\N", "\h" and the like are commands of ASS, which players take for the same in other captions too; there is no way to say that they are none. */
export function withoutCommands(text: string): string {
  return text.replaceAll(/\\(?=[Nnh{}])/g, `\\${WORD_JOINER}`)
}
