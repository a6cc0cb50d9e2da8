// npm run dist [-- --linux | --mac | --win]    makes the installers of electron-builder.yml in dist/
// From an empty out/: a build leaves the shared parts of earlier builds there, and all of it would be packed.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { npm } from '../setup/step.mjs'

/** @param {string[]} words */
function run(words) {
  const [program, args, options] = npm(words)
  const { status } = spawnSync(program, args, { stdio: 'inherit', ...options })
  if (status !== 0) process.exit(status ?? 1)
}

rmSync(path.resolve(import.meta.dirname, '..', '..', 'out'), { recursive: true, force: true })
run(['run', '--silent', 'build'])
run(['exec', '--no', '--', 'electron-builder', '--publish', 'never', ...process.argv.slice(2)])
