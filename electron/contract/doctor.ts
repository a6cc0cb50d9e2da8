import { z } from 'zod'

export const DoctorLine = z.object({
  name: z.string(),
  state: z.enum(['ok', 'optional', 'missing', 'broken']),
  found: z.string(),
  /** What to do about it; empty when nothing needs doing. */
  hint: z.string(),
})
export type DoctorLine = z.infer<typeof DoctorLine>

export const DoctorReport = z.object({ healthy: z.boolean(), lines: z.array(DoctorLine) })
export type DoctorReport = z.infer<typeof DoctorReport>
