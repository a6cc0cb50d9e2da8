const LONGEST = 8

/** Names that mean something else in an edit list: black, and a source without timecode. */
const TAKEN = ['BL', 'AX']

/** A name of a tape for each file: at most 8 capital letters and digits, each its own. The same files in the same order get the same names. */
export function reelNames(fileNames: readonly string[]): string[] {
  const taken = new Set(TAKEN)
  return fileNames.map((fileName) => {
    const stem = fileName.replace(/\.[^.]*$/, '').normalize('NFKD').toUpperCase().replace(/[^A-Z0-9]/g, '')
    let name = stem === '' ? 'REEL' : stem.slice(0, LONGEST)
    for (let number = 2; taken.has(name); number++) name = `${(stem === '' ? 'REEL' : stem).slice(0, LONGEST - String(number).length)}${String(number)}`
    taken.add(name)
    return name
  })
}
