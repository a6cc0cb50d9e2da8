// A program of its own: brings a library to the next version and is killed in the middle of the step.
import { sqlite } from '../../../native/sqlite/open.ts'
import type { WriteDatabase } from '../ports.ts'
import { migrate, migrations } from './migrate.ts'

const [file = '', backup = ''] = process.argv.slice(2)
const db = sqlite.openForWriting(file)
const killed: WriteDatabase = { ...db, exec(sql) {
  const half = sql.split(';')[0] ?? ''
  db.exec(half)
  process.kill(process.pid, 'SIGKILL')
} }
await migrate(killed, {
  backupPath: () => backup,
  steps: [...migrations, { number: 9990, name: 'later', sql: 'CREATE TABLE later (n INTEGER); ALTER TABLE video ADD COLUMN later TEXT' }],
})
