import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { scenedex } from '../scenedex.ts'

const DemoReport = z.object({ folder: z.null(), steps: z.array(z.object({ step: z.string(), result: z.string(), seconds: z.number() })) })

describe('scenedex demo', () => {
  it('makes, imports, searches and exports a video, and every answer is the right one', async () => {
    const result = await scenedex(['demo', '--json'])
    expect(result.stderr).toBe('')
    expect(result.code).toBe(0)
    const { steps } = DemoReport.parse(JSON.parse(result.stdout))
    expect(steps.map(({ result: text }) => text.replace(/scene \d+/, 'scene N'))).toEqual([
      '6 cuts, 3 transitions and 7 spoken lines at known times',
      '10 shots: every cut, dissolve and fade where it was made, and no other',
      expect.stringContaining('«frozen river»'),
      expect.stringMatching(/«lighthouse».*«ships»/),
      'nothing good found, as it should be',
      expect.stringMatching(/^demo.*\.mp4, 275 pictures, first and last as in the source, plays to the end$/),
    ])
  })
})
