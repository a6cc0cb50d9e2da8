import { messages } from '../../messages.ts'
import { useHost } from '../../stores/host.ts'
import css from './connection-note.module.css'

const texts = { 'connecting': messages.connection.connecting, 'engine-gone': messages.connection.engineGone, 'server-gone': messages.connection.serverGone }

/** Says when the other side is away. */
export function ConnectionNote() {
  const connection = useHost((state) => state.connection)
  return <div role="status" className={connection === 'connected' ? css.none : css.note}>{connection === 'connected' ? null : texts[connection]}</div>
}
