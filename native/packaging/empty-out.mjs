// Before a build that is packed: builds leave the shared parts of earlier ones in out/, and all of it would be inside.
import { rmSync } from 'node:fs'
import path from 'node:path'

rmSync(path.resolve(import.meta.dirname, '..', '..', 'out'), { recursive: true, force: true })
