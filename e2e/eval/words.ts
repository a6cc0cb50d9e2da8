import path from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { SaidWord } from '../../electron/contract/videos.ts'
import { createApp } from '../../electron/core/app.ts'
import type { App } from '../../electron/core/handlers.ts'
import { realTools } from '../../electron/hosts/real-tools.ts'
import { locateTools } from '../../native/ffmpeg/locate.ts'
import { runToEnd } from '../../native/ffmpeg/process.ts'
import type { Block, Setting } from './block.ts'
import { quantile } from './quantile.ts'
import { knownTexts, knownTimes } from './spoken-sounds.ts'
import { wordErrors } from './word-errors.ts'
import { startsLater } from './word-times.ts'

/** A video of nothing but the sound: what people import are videos. */
async function asVideo(sound: { name: string, file: string }, { folder, signal }: Setting): Promise<string> {
  const target = path.join(folder, 'sounds', `${sound.name}.mkv`)
  const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=c=gray:s=128x72:r=5', '-i', sound.file, '-shortest', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'flac', target]
  const { code, stderr } = await runToEnd({ program: locateTools().ffmpeg, args, signal })
  if (code !== 0) throw new Error(stderr.join('\n'))
  return target
}

/** What the app heard in each file, word by word, after an import as a person does it. */
async function heardIn(files: readonly string[], app: App, signal: AbortSignal): Promise<SaidWord[][]> {
  const { added } = await app.handlers['library.import']({ paths: [...files], fast: false }, { signal })
  await app.handlers['jobs.idle']({ videos: added.map(({ id }) => id), until: 'done' }, { signal })
  const heard: SaidWord[][] = []
  for (const file of files) {
    const { scenes } = await app.handlers['library.scenes']({ video: file }, { signal })
    // A line that goes over a cut belongs to both scenes.
    const words = scenes.flatMap(({ said }) => said.flatMap((line) => line.words))
    heard.push([...new Map(words.map((word) => [word.start, word])).values()])
  }
  return heard
}

async function measureErrors(app: App, { folder, print, signal }: Setting): Promise<void> {
  const known = knownTexts()
  const heard = await heardIn(known.map(({ name }) => path.join(folder, 'sounds', `${name}.mkv`)), app, signal)
  let [errors, said] = [0, 0]
  for (const [at, { name, text }] of known.entries()) {
    const found = wordErrors(text, heard[at]!.map((word) => word.text).join(' '))
    errors += found.replaced + found.added + found.missing
    said += found.said
    print(`    ${name}: ${(100 * (found.rate ?? 0)).toFixed(1)} % of ${found.said} words`)
  }
  print(`  word error rate: ${(100 * errors / said).toFixed(1)} % of ${said} words in ${known.length} recordings`)
}

async function measureTimes(app: App, { folder, print, signal }: Setting): Promise<void> {
  const known = knownTimes()
  const heard = await heardIn(known.map(({ name }) => path.join(folder, 'sounds', `${name}.mkv`)), app, signal)
  const offsets = known.flatMap(({ words }, at) => startsLater(heard[at]!, words))
  const away = offsets.map(Math.abs)
  if (offsets.length === 0) {
    print('  beginnings of words: no word is the same as Whisper medium heard')
    return
  }
  const count = known.reduce((sum, { words }) => sum + words.length, 0)
  print(`  beginnings of words against Whisper medium: ${offsets.length} of ${count} words are the same; median offset ${quantile(offsets, 0.5).toFixed(2)} s, half of them within ${quantile(away, 0.5).toFixed(2)} s, 95 % within ${quantile(away, 0.95).toFixed(2)} s`)
}

/** Words of real speech through the whole product: import, voice, Whisper, guards. */
export const words: Block = {
  name: 'words',
  title: 'Words',
  run: async (setting) => {
    const [speech, voice] = [await setting.installed('speech'), await setting.installed('voice')]
    if (speech === null || voice === null || setting.areStandIns) return { skipped: 'no speech model (the one of the shared models has no trained weights)' }
    if (knownTexts().length === 0) return { skipped: 'the shared recordings are not here' }
    const folder = path.join(setting.folder, 'words')
    await mkdir(path.join(setting.folder, 'sounds'), { recursive: true })
    for (const sound of [...knownTexts(), ...knownTimes()]) await asVideo(sound, setting)
    const app = await createApp({ folder, access: 'write', tools: realTools(folder) })
    try {
      for (const model of [voice, speech]) await app.handlers['models.import']({ path: model.folder }, { signal: setting.signal })
      setting.print(`  model ${speech.spec.id}/${speech.variant.name} with ${voice.spec.id}`)
      await measureErrors(app, setting)
      await measureTimes(app, setting)
      return 'measured'
    } finally {
      await app.close()
    }
  },
}
