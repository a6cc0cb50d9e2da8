/** A chapter of a video, in seconds. */
export interface Chapter { at: number, title: string }

const FEWEST = 3
const SHORTEST_SECONDS = 10

/** 0:00, 12:05, 1:02:03, in whole seconds. */
function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(rest)}` : `${String(minutes)}:${two(rest)}`
}

/** In order, one at each second, beginning with 0:00: the only way they are taken (support.google.com/youtube, "Video chapters"). */
function listed(chapters: readonly Chapter[], beginning: string): Chapter[] {
  const whole = chapters.map(({ at, title }) => ({ at: Math.max(0, Math.floor(at + 1e-6)), title })).sort((a, b) => a.at - b.at)
  const [first] = whole
  const all = first === undefined || first.at > 0 ? [{ at: 0, title: beginning }, ...whole] : whole
  return all.filter(({ at }, index) => at !== all[index - 1]?.at)
}

/** What keeps a list from being taken, and chapters that were left out. */
function notesOf(chapters: readonly Chapter[], { asked, lengthSeconds, name }: { asked: number, lengthSeconds: number, name: string }): string[] {
  const short = chapters.filter(({ at }, index) => (chapters[index + 1]?.at ?? lengthSeconds) - at < SHORTEST_SECONDS)
  const missing = asked - chapters.length
  return [
    ...chapters.length < FEWEST ? [`YouTube takes chapters from ${String(FEWEST)} on: "${name}" has ${String(chapters.length)}`] : [],
    ...short.length === 0 ? [] : [`YouTube takes chapters of ${String(SHORTEST_SECONDS)} s or longer only: in "${name}" ${String(short.length)} ${short.length === 1 ? 'is' : 'are'} shorter`],
    ...missing > 0 ? [`In "${name}" ${String(missing)} ${missing === 1 ? 'chapter begins' : 'chapters begin'} in the same second as another, and ${missing === 1 ? 'is' : 'are'} left out`] : [],
  ]
}

// A description takes no angle brackets, and a chapter is one line.
const oneLine = (title: string): string => title.toWellFormed().replace(/[\p{Cc}<>]+/gu, ' ').replace(/\s+/g, ' ').trim()

/** Lines for the description of a video on YouTube. `beginning` is the title of what comes before the first chapter. */
export function youtubeChapters(chapters: readonly Chapter[], of: { name: string, beginning: string, lengthSeconds: number }): { text: string, notes: string[] } {
  const { name, beginning, lengthSeconds } = of
  const all = listed(chapters, beginning)
  return {
    text: all.map(({ at, title }) => `${clock(at)} ${oneLine(title)}\n`).join(''),
    notes: notesOf(all, { asked: chapters.length, lengthSeconds, name }),
  }
}
