import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import '../workers/search.ts'

// The thread that searches, which dies when it is asked for that: by ending itself, or by an error that nobody has caught (as it does without memory).
const Asked = z.object({ lane: z.literal('search'), message: z.object({ name: z.literal('query'), input: z.object({ asked: z.object({ query: z.string() }) }) }) })

parentPort?.on('message', (raw: unknown) => {
  const asked = Asked.safeParse(raw).data?.message.input.asked.query
  if (asked === 'end yourself') process.exit(3)
  if (asked === 'fail') throw new Error('nobody has caught this')
})
