import { MessageSquareOff } from 'lucide-react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import type { StageName, StageState } from '../../../electron/contract/videos.ts'
import { messages } from '../../messages.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { AddModel, useMissing } from '../shell/missing-note.tsx'
import css from './transcript.module.css'

const text = messages.player

type Stages = PlayerVideo['details']['stages']

/** Subtitles are looked for first; where there are none, a speech model listens. */
function whyNothing(stages: Stages): keyof typeof text.noSpeechWhy {
  const stateOf = (wanted: StageName): StageState | undefined => stages.find(({ name }) => name === wanted)?.state
  const isOver = (state: StageState | undefined): boolean => state === undefined || state === 'skipped' || state === 'failed' || state === 'quarantined'
  const [read, heard] = [stateOf('speech'), stateOf('transcription')]
  if (read === 'done' || heard === 'done') return 'nothing'
  return isOver(read) && isOver(heard) ? 'model' : 'working'
}

/** Why there is nothing to read. */
export function NothingSaid({ player }: { player: PlayerVideo }) {
  const why = whyNothing(player.details.stages)
  const [missing] = useMissing(why === 'model' ? ['speech'] : [])
  return (
    <div className={css.empty}>
      <EmptyState icon={<MessageSquareOff />} title={text.noSpeech}>{text.noSpeechWhy[why]} {missing === undefined ? null : <AddModel missing={missing} />}</EmptyState>
    </div>
  )
}
