import { MessageSquareOff } from 'lucide-react'
import type { PlayerVideo } from '../../../electron/contract/player.ts'
import { messages } from '../../messages.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import css from './transcript.module.css'

const text = messages.player

/** Why there is nothing to read. */
export function NothingSaid({ player }: { player: PlayerVideo }) {
  const speech = player.details.stages.find(({ name }) => name === 'speech')
  const why = speech === undefined || speech.state === 'skipped' || speech.state === 'failed' ? 'model' : speech.state === 'done' ? 'nothing' : 'working'
  return <div className={css.empty}><EmptyState icon={<MessageSquareOff />} title={text.noSpeech}>{text.noSpeechWhy[why]}</EmptyState></div>
}
