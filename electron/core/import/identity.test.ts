import { appendFileSync, closeSync, ftruncateSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { identityOf } from './identity.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'scenedex-identity-'))
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

async function identity(file: string): Promise<string> {
  const handle = await open(file)
  try {
    return await identityOf(handle, (await handle.stat()).size)
  } finally {
    await handle.close()
  }
}

function sparse(name: string, bytes: number, marks: number[] = []): string {
  const file = path.join(folder, name)
  const handle = openSync(file, 'w')
  ftruncateSync(handle, bytes)
  for (const at of marks) writeSync(handle, 'x', at)
  closeSync(handle)
  return file
}

describe('the identity of a file', () => {
  it('stays from version to version: libraries are matched by it', async () => {
    const file = path.join(folder, 'hello.bin')
    writeFileSync(file, 'hello')
    // sha256 of "scenedex 1 5\nhello"
    expect(await identity(file)).toBe('c2563173dfa8795be7863666c2384a7bca607e09107e8ec2920531692388b2ed')
  })

  it('is its content and not its name', async () => {
    const file = sparse('a.bin', 10_000_000, [3])
    const before = await identity(file)
    renameSync(file, path.join(folder, 'b.bin'))
    expect(await identity(path.join(folder, 'b.bin'))).toBe(before)
  })

  it('changes with one byte of a small file, and with the head, middle, tail or size of a large one', async () => {
    const large = 10_000_000
    const all = [
      sparse('1', 3_000_000), sparse('2', 3_000_000, [1_234_567]),
      sparse('3', large), sparse('4', large, [0]), sparse('5', large, [large / 2]), sparse('6', large, [large - 1]), sparse('7', large + 1),
    ]
    expect(new Set(await Promise.all(all.map(identity))).size).toBe(all.length)
  })

  it('of 100 GB is found by reading 192 KiB of them', async () => {
    const handle = await open(sparse('huge', 100 * 2 ** 30))
    const reads = vi.spyOn(handle, 'read')
    await identityOf(handle, (await handle.stat()).size)
    await handle.close()
    // What it is read into, from where there, how much, from where in the file.
    expect(reads.mock.calls.map((given) => given.slice(1))).toEqual([0, 50 * 2 ** 30 - 32 * 1024, 100 * 2 ** 30 - 64 * 1024].map((at) => [0, 64 * 1024, at]))
  })

  it('changes when something is written behind its end', async () => {
    const file = sparse('growing', 5_000_000)
    const before = await identity(file)
    appendFileSync(file, 'x')
    expect(await identity(file)).not.toBe(before)
  })
})
