import { expect, test } from 'vitest'
import { AppError } from '../../errors.ts'
import type { Network } from '../../ports.ts'
import { testLibrary } from '../../store/test-library.ts'
import { installModel } from './install-model.ts'
import { planInstall } from './plan.ts'
import { seededBytes, testHub, testSpec } from './test-hub.ts'
import { testTools, watch } from './test-install.ts'

const request = { spec: testSpec('talker', { 'weights.bin': seededBytes(1000, 1) }), variants: ['fp32'] }

test('what the mirror does not have and the hub can not be asked for names both of them', async () => {
  const library = await testLibrary()
  const mirror = await testHub()
  const network: Network = {
    request: async (address, { signal }) => {
      signal.throwIfAborted()
      if (address.startsWith(mirror.origin)) return { status: 404, url: address, headers: {}, body: (async function* () { /* nothing */ })() }
      throw new AppError('NETWORK_FAILED', { message: 'huggingface.co was not found.', hint: 'Check the connection.', cause: new Error('ENOTFOUND') })
    },
  }
  try {
    const tools = testTools(library, network, { mirror: () => mirror.origin, plainHosts: [mirror.host] })
    await expect(installModel(request, { tools, progress: watch() }, new AbortController().signal)).rejects.toMatchObject({
      code: 'NETWORK_FAILED', message: `${mirror.host} does not have "weights.bin" (404). huggingface.co was not found.`, hint: 'Check the connection.',
    })
  } finally {
    await mirror.close()
    library.close()
  }
})

test('a plan says no to a drive on which the install would not begin', async () => {
  const plan = (freeBytes: number) => planInstall('talker', [request], { folder: '/nowhere', mirror: null, freeBytes })
  expect(await plan(1000 + 16 * 1024 * 1024)).toMatchObject({ isEnoughRoom: true, hosts: ['huggingface.co'], otherHosts: [] })
  expect(await plan(16 * 1024 * 1024)).toMatchObject({ isEnoughRoom: false })
})
