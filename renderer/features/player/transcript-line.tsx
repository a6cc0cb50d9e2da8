import { memo } from 'react'
import type { ReactNode } from 'react'
import { timeText } from '../../time-text.ts'
import css from './transcript.module.css'
import type { Line, Match } from './transcript.ts'

interface TranscriptLineProps {
  line: Line
  at: number
  isActive: boolean
  /** The word that is being said; -1 for none. */
  activeWord: number
  matches: readonly Match[]
  currentMatch: Match | null
  onSeek(second: number): void
}

function marked(text: string, from: number, { matches, currentMatch }: Pick<TranscriptLineProps, 'matches' | 'currentMatch'>): ReactNode {
  const parts: ReactNode[] = []
  let done = 0
  for (const match of matches) {
    const [start, end] = [Math.max(0, match.from - from), Math.min(text.length, match.to - from)]
    if (end <= Math.max(done, start)) continue
    parts.push(text.slice(done, start), <mark key={start} className={match === currentMatch ? css.currentMatch : undefined}>{text.slice(start, end)}</mark>)
    done = end
  }
  return parts.length === 0 ? text : [...parts, text.slice(done)]
}

/** Places of the words in the text of their line. */
function places(line: Line): number[] {
  let at = 0
  return line.words.map(({ text }) => {
    const place = at
    at += text.trim().length + 1
    return place
  })
}

function Words({ line, at, activeWord, ...marks }: Omit<TranscriptLineProps, 'isActive' | 'onSeek'>) {
  const begin = places(line)
  if (line.words.length === 0) return <span data-line={at}>{marked(line.text, 0, marks)}</span>
  return line.words.map((word, place) => (
    <span key={place} data-line={at} data-word={place} className={place === activeWord ? css.activeWord : css.word}>{marked(word.text.trim(), begin[place] ?? 0, marks)}{' '}</span>
  ))
}

/** A line of the transcript: its time goes there, and so does each word. */
export const TranscriptLine = memo(function TranscriptLine({ line, isActive, onSeek, ...rest }: TranscriptLineProps) {
  return (
    <div className={`${css.line ?? ''} ${isActive ? css.active ?? '' : ''}`} aria-current={isActive ? 'true' : undefined}>
      <button type="button" className={css.lineTime} onClick={() => { onSeek(line.start) }}><time>{timeText(line.start, 0)}</time></button>
      <p className={css.text}><Words line={line} {...rest} /></p>
    </div>
  )
})
