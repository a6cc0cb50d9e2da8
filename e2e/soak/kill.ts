import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { importWithKills, libraryContent, makeLongVideos } from '../kill-import.ts'
import { scenedex, temporaryFolder } from '../scenedex.ts'

/** The story of the killed import, as often as wanted: `npm run soak -- kill 200`. */
export async function run(args: string[]): Promise<void> {
  const kills = Number(args[0] ?? 100)
  const { folder, remove } = temporaryFolder('kill')
  try {
    const videos = makeLongVideos(folder)
    const [calm, killed] = [path.join(folder, 'calm'), path.join(folder, 'killed')]
    await scenedex(['import', ...videos, '--library', calm])
    const report = await importWithKills(videos, killed, { kills, random: Math.random })
    const [expected, actual] = [libraryContent(calm), libraryContent(killed)]
    const wrong = Object.keys(expected).filter((part) => !isDeepStrictEqual(expected[part], actual[part]))
    console.log(`${report.kills} kills, ${report.killsInWork} of them in work: ${wrong.length === 0 ? 'the same library' : `DIFFERENT: ${wrong.join(', ')}`}`)
    if (wrong.length > 0) process.exitCode = 1
  } finally {
    remove()
  }
}
