// A program of its own: searches a library as somebody who may only read it, and tells how many copies of it that took and leaves. Root may
// everything, so it becomes nobody first.
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { SearchInput } from '../../contract/search.ts'
import { realTools } from '../../hosts/real-tools.ts'
import { createApp } from '../app.ts'

const NOBODY = 65_534

if (process.getuid?.() === 0) {
  process.setgroups?.([])
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
}

const [folder = ''] = process.argv.slice(2)
const copies = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('scenedex-library-')).length
const app = await createApp({ folder, access: 'read', tools: realTools(folder) })
const { hits } = await app.handlers['search.query'](SearchInput.parse({ query: 'boat' }), { signal: AbortSignal.timeout(60_000) })
const whileOpen = copies()
await app.close()
process.stdout.write(JSON.stringify({ hits: hits.map(({ title }) => title), whileOpen, after: copies() }))
