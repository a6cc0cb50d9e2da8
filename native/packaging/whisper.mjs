// Before installers are made: puts a whisper-cli with its licence into dist/whisper/<arch>/, where electron-builder takes it from.
// It is built once on a machine. Where that can not be done the installer is made without: all but speech without subtitles works.
import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensurePortableWhisper } from '../setup/whisper.mjs'

const staged = path.resolve(import.meta.dirname, '..', '..', 'dist', 'whisper')
// An app for a Mac is put together from two, which must hold the same files.
const archs = process.platform === 'darwin' ? ['x64', 'arm64'] : [process.arch]

rmSync(staged, { recursive: true, force: true })
for (const arch of archs) {
  const made = await ensurePortableWhisper(arch)
  if ('folder' in made) {
    cpSync(made.folder, path.join(staged, arch), { recursive: true })
    continue
  }
  process.stderr.write(`The installer is made without whisper-cli: ${made.reason}\n`)
  rmSync(staged, { recursive: true, force: true })
  break
}
