import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scenedex, temporaryFolder } from '../scenedex.ts'

const { folder, remove } = temporaryFolder('usage')
const library = path.join(folder, 'library')
const file = path.join(folder, 'a-file')

beforeAll(() => {
  writeFileSync(file, 'not a folder')
  mkdirSync(path.join(folder, 'no-videos'))
  writeFileSync(path.join(folder, 'no-videos', 'notes.txt'), 'only words')
})
afterAll(remove)

interface Mistake { what: string, args: string[], code: number, says: string }

const mistakes: Mistake[] = [
  { what: 'an unknown command', args: ['improt', 'x.mp4'], code: 2, says: "unknown command 'improt'" },
  { what: 'an unknown option', args: ['library', '--colour'], code: 2, says: "unknown option '--colour'" },
  { what: 'a command without its argument', args: ['import'], code: 2, says: "missing required argument 'path'" },
  { what: 'a limit that is no number', args: ['search', 'x', '--limit', 'abc'], code: 2, says: '"abc" is not a whole number from 1 to 1000' },
  { what: 'a scene that is no number', args: ['export', '--scene', 'one', '--out', 'x'], code: 2, says: '"one" is not the number of a scene' },
  { what: 'an export of nothing', args: ['export', '--out', 'x'], code: 2, says: 'Say what to export' },
  { what: 'an export to nowhere', args: ['export', '--scene', '1'], code: 2, says: 'Say where to write: --out FOLDER.' },
  { what: 'a clip without its end', args: ['export', '--clip', 'x.mp4', '1', '--out', 'x'], code: 2, says: '--clip takes a video, a start and an end.' },
  { what: 'options that do not go together', args: ['export', '--scene', '1', '--out', 'x', '--frame', '9:16', '--fit', '--centre'], code: 2, says: '--centre and --fit do not go together.' },
  { what: 'a list in no format', args: ['timeline', '--scene', '1', '--out', 'x'], code: 2, says: "required option '--format <format>' not specified" },
  { what: 'a list of nothing', args: ['timeline', '--format', 'edl', '--out', 'x'], code: 2, says: 'Say what to export' },
  { what: 'an unknown job action', args: ['jobs', 'stop'], code: 2, says: 'There is no job action "stop"' },
  { what: 'an unknown models action', args: ['models', 'instal', 'x'], code: 2, says: 'There is no models action' },
  { what: 'a missing file', args: ['import', path.join(folder, 'gone.mp4'), '--library', library], code: 3, says: 'gone.mp4' },
  { what: 'a folder without videos', args: ['import', path.join(folder, 'no-videos'), '--library', library], code: 3, says: 'No videos found' },
  { what: 'a library that is a file', args: ['import', file, '--library', file], code: 2, says: 'is a file' },
  { what: 'a library that is not there', args: ['search', 'x', '--library', path.join(folder, 'nowhere')], code: 2, says: 'There is no library in' },
]

describe('wrong usage', () => {
  it.each(mistakes)('of $what gets one clear line and exit code $code', async ({ args, code, says }) => {
    const result = await scenedex(args)
    const said = `${result.stdout}${result.stderr}`
    expect(said).toContain(says)
    expect(result.code).toBe(code)
    expect(said).not.toMatch(/^\s+at .*:\d+:\d+/m) // a stack trace
    expect(result.stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
  })

  it('of a library from a newer version is said, and the library left as it is', async () => {
    const newer = path.join(folder, 'newer')
    mkdirSync(newer)
    const database = new Database(path.join(newer, 'library.sqlite'))
    database.pragma('user_version = 990')
    database.close()
    for (const args of [['library'], ['import', file]]) {
      const result = await scenedex([...args, '--library', newer])
      expect(result.stderr).toContain('was made by a newer Scenedex (version 990')
      expect(result.code).toBe(5)
    }
  })

  it('is explained with examples for every command', async () => {
    for (const command of ['import', 'library', 'scenes', 'search', 'tags', 'export', 'timeline', 'jobs', 'models', 'remove', 'relink', 'doctor', 'demo']) {
      const result = await scenedex([command, '--help'])
      expect(result.code).toBe(0)
      expect(result.stdout).toContain('Examples:')
      expect(result.stdout).toContain(`scenedex ${command}`)
    }
  })
})
