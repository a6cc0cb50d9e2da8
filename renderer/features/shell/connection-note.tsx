import type { ErrorShape } from '../../../electron/contract/errors.ts'
import type { Connection } from '../../api.ts'
import { messages } from '../../messages.ts'
import { useHost } from '../../stores/host.ts'
import css from './connection-note.module.css'

const texts = messages.connection

function noteOn(connection: Connection, engineError: ErrorShape | null): string | null {
  switch (connection) {
    case 'connected': return null
    case 'connecting': return texts.connecting
    case 'engine-gone': return texts.engineGone
    case 'engine-given-up': return engineError === null ? texts.engineGivenUp : `${engineError.message} ${engineError.hint}`.trimEnd()
    case 'server-gone': return texts.serverGone
    case 'turned-away': return texts.turnedAway
  }
}

/** Says when the other side is away. */
export function ConnectionNote() {
  const note = useHost(({ connection, engineError }) => noteOn(connection, engineError))
  return <div role="status" className={note === null ? css.none : css.note}>{note}</div>
}
