import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import openWabt from 'wabt'
import { popcountBinary } from './popcount-binary.ts'

it('the WebAssembly that is shipped is what its source compiles to', async () => {
  const wabt = await openWabt()
  const parsed = wabt.parseWat('popcount.wat', readFileSync(path.join(import.meta.dirname, 'popcount.wat'), 'utf8'), { simd: true })
  expect(Buffer.from(parsed.toBinary({}).buffer).toString('base64')).toBe(popcountBinary)
})
