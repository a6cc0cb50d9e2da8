import { describe, expect, it } from 'vitest'
import { VideoId } from '../../../electron/contract/ids.ts'
import type { AddedReport } from './import-summary.ts'
import { refusedGroups, reportText, summaryOf } from './import-summary.ts'

const id = VideoId.parse(1)
const none: AddedReport = { added: [], known: [], moved: [], refused: [], ignored: 0 }
const empty = (path: string) => ({ path, message: `"${path}" is empty.`, hint: 'Copy it again.' })

describe('what an import tells', () => {
  it('says in sentences how many of each there are, and of what there is none nothing', () => {
    expect(summaryOf({ ...none, added: [{ id, path: '/a.mp4' }, { id, path: '/b.mp4' }], known: [{ id, path: '/c.mp4' }] })).toBe('2 videos added. 1 was in the library already.')
    expect(summaryOf({ ...none, ignored: 4 })).toBe('No videos were found there.')
  })

  it('puts files together that were refused for the same reason, also where the reason names the file', () => {
    const other = { path: '/d.mp4', message: 'The file is protected.', hint: '' }
    expect(refusedGroups([other, empty('/a.mp4'), empty('/b.mp4')]).map(({ message, paths }) => [message, ...paths]))
      .toEqual([['Is empty.', '/a.mp4', '/b.mp4'], ['The file is protected.', '/d.mp4']])
  })

  it('can be copied as plain text with every path and reason', () => {
    expect(reportText({ ...none, refused: [empty('/a.mp4')], moved: [{ id, path: '/new/b.mp4', from: '/old/b.mp4' }] }))
      .toBe('Not added\n/a.mp4\n  "/a.mp4" is empty. Copy it again.\n\nFound under a new path\n/new/b.mp4 (was /old/b.mp4)')
  })
})
