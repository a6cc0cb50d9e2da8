import { describe, expect, it } from 'vitest'
import { usualExportChoices } from '../../../electron/contract/export-choices.ts'
import { VideoId } from '../../../electron/contract/ids.ts'
import { TrayClipId } from '../../../electron/contract/tray.ts'
import { finishedRun, startedRun } from './export-run.ts'
import { reportFile } from './report-file.ts'
import { sourceOf } from './plan-match.ts'

const clip = { id: TrayClipId.parse(1), videoId: VideoId.parse(1), videoTitle: 'Film', title: 'Cake', start: 1, end: 2, query: 'cake', note: null, framing: null }

describe('a report as a file', () => {
  it('names its moment, and holds the choices and what failed with the reason', () => {
    const begun = startedRun({ ticket: 'one', clips: [clip], folder: '/out', choices: usualExportChoices })
    const error = { code: 'CHANGED' as const, message: 'It was changed.', hint: 'Import it again.' }
    const { name, text } = reportFile(finishedRun(begun, { files: [], failed: [{ clip: sourceOf(clip), error }] }), new Date(2026, 10, 2, 9, 5))
    expect(name).toBe('scenedex-export-2026-11-02-0905.json')
    expect(JSON.parse(text)).toMatchObject({ folder: '/out', state: 'finished', choices: { mode: 'auto' }, files: [], failed: [{ title: 'Cake', error: { message: 'It was changed.' } }] })
  })
})
